import { formatDeployId, parseDeployId } from '../../../domain/deployments/deploy-id';
import type { IncidentItem } from '../../../reporting/answers/rows';
import type { LinkView } from '../../presentation/format/links';

/**
 * What a pull request has to do with incidents: those blamed on its deployment, and the one that it fixed. Sentences
 * that end with a link to the other pull request, where one is known.
 */
export function buildIncidentLines(
  incidents: readonly IncidentItem[],
  { repositoryUuid, number }: { readonly repositoryUuid: string; readonly number: number },
  toHref: (repositoryUuid: string, number: string) => string,
) {
  const id = formatDeployId({ repositoryUuid, number });
  const toLink = (deployId: string | null): LinkView | null => {
    const other = parseDeployId(deployId ?? '');
    return other && { href: toHref(repositoryUuid, String(other.number)), text: `#${other.number}` };
  };
  const blamed = incidents.filter((incident) => incident.deploy_id === id);
  const fixed = incidents.filter((incident) => incident.fix_deploy_id === id);
  return [
    ...blamed.map((incident) => ({
      text: 'An incident is blamed on it, fixed by',
      link: toLink(incident.fix_deploy_id),
    })),
    ...fixed.map((incident) =>
      incident.deploy_id === null
        ? { text: 'It fixed an incident that no known deployment is blamed for.', link: null }
        : { text: 'It fixed an incident that is blamed on', link: toLink(incident.deploy_id) },
    ),
  ];
}
