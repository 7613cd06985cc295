import type { DeploymentItem } from '../../../reporting/answers/rows';
import { buildTime } from '../format/dates';
import { formatDuration } from '../format/durations';
import { formatCount, unknown } from '../format/numbers';
import { buildPlainHead } from '../format/sorting';
import {
  buildBitbucketCell,
  buildCell,
  formatPullRequestName,
  buildTimeLineLink,
  type RowCell,
  type RowContext,
} from './row-cell';

export const deploymentHeads = [
  buildPlainHead('Pull request'),
  buildPlainHead('Deployed'),
  buildPlainHead('Changes', true),
  buildPlainHead('Oldest change took', true),
  buildPlainHead('Teams'),
  buildPlainHead('In Bitbucket'),
];

/** A deployment: the pull request whose merge it was, when, and what it brought. */
export function buildDeploymentRow(item: DeploymentItem, context: RowContext): RowCell[] {
  const { system, deploy_id: id } = item;
  return [
    buildCell('Pull request', { link: buildTimeLineLink({ system, id }, context) }),
    buildCell('Deployed', { time: buildTime(Date.parse(item.time_created), context) }),
    buildChangesCell(item),
    buildCell('Oldest change took', { text: formatOldestChange(item), isNumeric: true }),
    buildCell('Teams', {
      text:
        item.teams.length === 0 ? unknown : item.teams.map((slug) => context.teamNames.get(slug) ?? slug).join(', '),
      note: item.teams.length > 0 && item.teams_as_of === 'import' ? 'as of the import' : null,
    }),
    buildBitbucketCell(item.url, formatPullRequestName(id).slice(1)),
  ];
}

function buildChangesCell(item: DeploymentItem): RowCell {
  return item.complete
    ? buildCell('Changes', { text: formatCount(item.changes.length), isNumeric: true })
    : buildCell('Changes', { text: unknown, note: 'its commits could not be read', isNumeric: true });
}

function formatOldestChange(item: DeploymentItem): string {
  const oldest = item.changes.reduce((least, change) => Math.min(least, Date.parse(change.time_created)), Infinity);
  const seconds = (Date.parse(item.time_created) - oldest) / 1000;
  return seconds >= 0 && Number.isFinite(seconds) ? formatDuration(seconds) : unknown;
}
