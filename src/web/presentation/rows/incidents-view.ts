import type { IncidentItem } from '../../../reporting/answers/rows';
import { toTime } from '../format/dates';
import { toDuration } from '../format/durations';
import { unknown } from '../format/numbers';
import { toPlainHead } from '../format/sorting';
import { toBitbucketCell, toCell, toPullRequestName, toTimeLineLink, type RowCell, type RowContext } from './row-cell';

export const incidentHeads = [
  toPlainHead('Incident'),
  toPlainHead('Began'),
  toPlainHead('Resolved'),
  toPlainHead('Lasted', true),
  toPlainHead('Caused by'),
  toPlainHead('In Bitbucket'),
];

const reasons: Record<IncidentItem['source'], string> = {
  revert: 'Revert',
  naming_convention: 'Fix by its name',
};

/** An incident: what proves it, from when to when, and the deployment it is blamed on. */
export function toIncidentRow(item: IncidentItem, context: RowContext): RowCell[] {
  const { system, incident_id: id } = item;
  const createdAt = Date.parse(item.time_created);
  const resolvedAt = item.time_resolved === null ? null : Date.parse(item.time_resolved);
  return [
    toCell('Incident', { link: toTimeLineLink({ system, id }, context), note: reasons[item.source] }),
    toCell('Began', { time: toTime(createdAt, context) }),
    toCell('Resolved', resolvedAt === null ? { text: 'not yet' } : { time: toTime(resolvedAt, context) }),
    toCell('Lasted', { text: toLength(createdAt, resolvedAt), isNumeric: true }),
    toCauseCell(item, context),
    toBitbucketCell(item.url, toPullRequestName(id).slice(1)),
  ];
}

function toLength(createdAt: number, resolvedAt: number | null): string {
  return resolvedAt === null || resolvedAt < createdAt ? unknown : toDuration((resolvedAt - createdAt) / 1000);
}

function toCauseCell({ system, deploy_id: id }: IncidentItem, context: RowContext): RowCell {
  return id === null
    ? toCell('Caused by', { text: unknown, note: 'no deployment before it is known' })
    : toCell('Caused by', { link: toTimeLineLink({ system, id }, context) });
}
