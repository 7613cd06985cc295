import { formatDeployId } from '../../../domain/deployments/deploy-id';
import type { IncidentItem } from '../../../reporting/answers/rows';
import { isWithheld } from '../../../reporting/delivery/withhold';
import type { LinkView } from '../../presentation/format/links';
import { nameDeployed } from '../../presentation/rows/name-deployed';
import { words } from './words';

/**
 * What a pull request has to do with incidents: those blamed on its deployment, and the one that it fixed. Sentences
 * that end with a link where what they name is another pull request.
 */
export function buildIncidentLines(
  incidents: readonly IncidentItem[],
  { repositoryUuid, number }: { readonly repositoryUuid: string; readonly number: number },
  toHref: (repositoryUuid: string, number: string) => string,
) {
  const said = words.incidents;
  const id = formatDeployId({ repositoryUuid, number });
  const toLine = (text: string, otherId: string): { text: string; link: LinkView | null } => {
    if (isWithheld(otherId)) return { text: `${text} ${said.elsewhere}.`, link: null };
    const other = nameDeployed(otherId);
    if (other.number === null) return { text: `${text} ${other.name}.`, link: null };
    return {
      text,
      link: { href: toHref(other.repositoryUuid ?? repositoryUuid, String(other.number)), text: other.name },
    };
  };
  const blamed = incidents.filter((incident) => incident.deploy_id === id);
  const fixed = incidents.filter((incident) => incident.incident_id === id);
  return [
    ...blamed.map((incident) => toLine(said.blamed, incident.incident_id)),
    ...fixed.map((incident) =>
      incident.deploy_id === null ? { text: said.fixedUnlinked, link: null } : toLine(said.fixed, incident.deploy_id),
    ),
  ];
}
