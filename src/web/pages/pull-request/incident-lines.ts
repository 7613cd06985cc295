import { formatDeployId } from '../../../domain/deployments/deploy-id';
import type { IncidentItem } from '../../../reporting/answers/rows';
import { isWithheld } from '../../../reporting/delivery/withhold';
import type { LinkView } from '../../presentation/format/links';
import { nameDeployed } from '../../presentation/rows/name-deployed';

/** What a viewer may not see is named so. */
const elsewhere = 'a pull request of another repository, which is not shown here';

/**
 * What a pull request has to do with incidents: those blamed on its deployment, and the one that it fixed. Sentences
 * that end with a link where what they name is another pull request.
 */
export function buildIncidentLines(
  incidents: readonly IncidentItem[],
  { repositoryUuid, number }: { readonly repositoryUuid: string; readonly number: number },
  toHref: (repositoryUuid: string, number: string) => string,
) {
  const id = formatDeployId({ repositoryUuid, number });
  const toLine = (text: string, otherId: string): { text: string; link: LinkView | null } => {
    if (isWithheld(otherId)) return { text: `${text} ${elsewhere}.`, link: null };
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
    ...blamed.map((incident) => toLine('An incident is blamed on it, fixed by', incident.incident_id)),
    ...fixed.map((incident) =>
      incident.deploy_id === null
        ? { text: 'It fixed an incident that no known deployment is blamed for.', link: null }
        : toLine('It fixed an incident that is blamed on', incident.deploy_id),
    ),
  ];
}
