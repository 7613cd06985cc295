import type { DeploymentItem, IncidentItem } from '../../../reporting/answers/rows';
import { isWithheld } from '../../../reporting/delivery/withhold';
import { buildTime } from '../format/dates';
import { formatDuration } from '../format/durations';
import type { LinkView } from '../format/links';
import { formatCount, unknown } from '../format/numbers';
import { nameDeployed } from './name-deployed';
import { buildTimeLineLink, type CellParts, type RowColumn, type RowContext } from './row-cell';

/** A deployment: the pull request whose merge it was, when, and what it brought. */
export const deploymentColumns: readonly RowColumn<DeploymentItem>[] = [
  {
    text: 'Pull request',
    toCell: ({ system, deploy_id: id }, context) => buildDeployedCell({ system, id }, context),
  },
  { text: 'Deployed', toCell: (item, context) => ({ time: buildTime(Date.parse(item.time_created), context) }) },
  {
    text: 'Changes',
    isNumeric: true,
    toCell: ({ complete, changes }) =>
      complete ? { text: formatCount(changes.length) } : { text: unknown, note: 'its commits could not be read' },
  },
  { text: 'Oldest change took', isNumeric: true, toCell: (item) => ({ text: formatOldestChange(item) }) },
  {
    text: 'Teams',
    toCell: ({ teams, teams_as_of: asOf }, { teamNames }) => ({
      text: teams.length === 0 ? unknown : teams.map((slug) => teamNames.get(slug) ?? slug).join(', '),
      note: teams.length > 0 && asOf === 'import' ? 'as of the import' : null,
    }),
  },
  {
    text: 'In Bitbucket',
    toCell: ({ url, deploy_id: id }) => ({ link: buildDeployedLink(url, id) }),
  },
];

/** What was deployed: a pull request leads to its time line. */
function buildDeployedCell(
  { system, id }: Pick<DeploymentItem, 'system'> & { readonly id: string },
  context: RowContext,
): CellParts {
  const { name, number } = nameDeployed(id);
  return number === null
    ? { text: `${system.name} ${name}` }
    : { link: buildTimeLineLink({ system, id: number }, context) };
}

function buildDeployedLink(url: string, id: string): LinkView {
  return { href: url, text: `Open ${nameDeployed(id).name}`, isOutside: true };
}

function formatOldestChange({ changes, time_created: deployed }: DeploymentItem): string {
  const oldest = changes.reduce((least, change) => Math.min(least, Date.parse(change.time_created)), Infinity);
  return formatLength(oldest, Date.parse(deployed));
}

/** Unknown where there is no beginning, or one after the end. */
function formatLength(startAt: number, endAt: number): string {
  return Number.isFinite(startAt) && endAt >= startAt ? formatDuration((endAt - startAt) / 1000) : unknown;
}

const reasons: Record<IncidentItem['source'], string> = {
  revert: 'Revert',
  naming_convention: 'Fix by its name',
};

/** An incident: what proves it, from when to when, and the deployment it is blamed on. */
export const incidentColumns: readonly RowColumn<IncidentItem>[] = [
  {
    text: 'Incident',
    toCell: ({ system, incident_id: id, source }, context) => ({
      ...(isWithheld(id)
        ? { text: 'In another repository, which is not shown here' }
        : buildDeployedCell({ system, id }, context)),
      note: reasons[source],
    }),
  },
  { text: 'Began', toCell: (item, context) => ({ time: buildTime(Date.parse(item.time_created), context) }) },
  {
    text: 'Resolved',
    toCell: ({ time_resolved: resolved }, context) =>
      resolved === null ? { text: 'not yet' } : { time: buildTime(Date.parse(resolved), context) },
  },
  {
    text: 'Lasted',
    isNumeric: true,
    toCell: ({ time_created: created, time_resolved: resolved }) => ({
      text: resolved === null ? unknown : formatLength(Date.parse(created), Date.parse(resolved)),
    }),
  },
  {
    text: 'Caused by',
    toCell: ({ system, deploy_id: id }, context) =>
      id === null
        ? { text: unknown, note: 'no deployment before it is known' }
        : buildDeployedCell({ system, id }, context),
  },
  {
    text: 'In Bitbucket',
    toCell: ({ url, incident_id: id }) => (isWithheld(id) ? { text: unknown } : { link: buildDeployedLink(url, id) }),
  },
];
