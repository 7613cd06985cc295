import type { DeploymentItem } from '../../../reporting/answers/rows';
import { toTime } from '../format/dates';
import { toDuration } from '../format/durations';
import { toCount, unknown } from '../format/numbers';
import { toPlainHead } from '../format/sorting';
import { toBitbucketCell, toCell, toPullRequestName, toTimeLineLink, type RowCell, type RowContext } from './row-cell';

export const deploymentHeads = [
  toPlainHead('Pull request'),
  toPlainHead('Deployed'),
  toPlainHead('Changes', true),
  toPlainHead('Oldest change took', true),
  toPlainHead('Teams'),
  toPlainHead('In Bitbucket'),
];

/** A deployment: the pull request whose merge it was, when, and what it brought. */
export function toDeploymentRow(item: DeploymentItem, context: RowContext): RowCell[] {
  const { system, deploy_id: id } = item;
  return [
    toCell('Pull request', { link: toTimeLineLink({ system, id }, context) }),
    toCell('Deployed', { time: toTime(Date.parse(item.time_created), context) }),
    toChangesCell(item),
    toCell('Oldest change took', { text: toOldestChange(item), isNumeric: true }),
    toCell('Teams', {
      text:
        item.teams.length === 0 ? unknown : item.teams.map((slug) => context.teamNames.get(slug) ?? slug).join(', '),
      note: item.teams.length > 0 && item.teams_as_of === 'import' ? 'as of the import' : null,
    }),
    toBitbucketCell(item.url, toPullRequestName(id).slice(1)),
  ];
}

function toChangesCell(item: DeploymentItem): RowCell {
  return item.complete
    ? toCell('Changes', { text: toCount(item.changes.length), isNumeric: true })
    : toCell('Changes', { text: unknown, note: 'its commits could not be read', isNumeric: true });
}

function toOldestChange(item: DeploymentItem): string {
  const oldest = item.changes.reduce((least, change) => Math.min(least, Date.parse(change.time_created)), Infinity);
  const seconds = (Date.parse(item.time_created) - oldest) / 1000;
  return seconds >= 0 && Number.isFinite(seconds) ? toDuration(seconds) : unknown;
}
