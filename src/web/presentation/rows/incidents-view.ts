import type { IncidentItem } from '../../../reporting/answers/rows';
import { buildTime } from '../format/dates';
import { formatDuration } from '../format/durations';
import { unknown } from '../format/numbers';
import { buildPlainHead } from '../format/sorting';
import {
  buildBitbucketCell,
  buildCell,
  formatPullRequestName,
  buildTimeLineLink,
  type RowCell,
  type RowContext,
} from './row-cell';

export const incidentHeads = [
  buildPlainHead('Incident'),
  buildPlainHead('Began'),
  buildPlainHead('Resolved'),
  buildPlainHead('Lasted', true),
  buildPlainHead('Caused by'),
  buildPlainHead('In Bitbucket'),
];

const reasons: Record<IncidentItem['source'], string> = {
  revert: 'Revert',
  naming_convention: 'Fix by its name',
};

/** An incident: what proves it, from when to when, and the deployment it is blamed on. */
export function buildIncidentRow(item: IncidentItem, context: RowContext): RowCell[] {
  const { system, incident_id: id } = item;
  const createdAt = Date.parse(item.time_created);
  const resolvedAt = item.time_resolved === null ? null : Date.parse(item.time_resolved);
  return [
    buildCell('Incident', { link: buildTimeLineLink({ system, id }, context), note: reasons[item.source] }),
    buildCell('Began', { time: buildTime(createdAt, context) }),
    buildCell('Resolved', resolvedAt === null ? { text: 'not yet' } : { time: buildTime(resolvedAt, context) }),
    buildCell('Lasted', { text: formatLength(createdAt, resolvedAt), isNumeric: true }),
    buildCauseCell(item, context),
    buildBitbucketCell(item.url, formatPullRequestName(id).slice(1)),
  ];
}

function formatLength(createdAt: number, resolvedAt: number | null): string {
  return resolvedAt === null || resolvedAt < createdAt ? unknown : formatDuration((resolvedAt - createdAt) / 1000);
}

function buildCauseCell({ system, deploy_id: id }: IncidentItem, context: RowContext): RowCell {
  return id === null
    ? buildCell('Caused by', { text: unknown, note: 'no deployment before it is known' })
    : buildCell('Caused by', { link: buildTimeLineLink({ system, id }, context) });
}
