import type { IncidentItem } from '../../../reporting/delivery-rows';
import { toTime } from '../words/dates';
import { toDuration } from '../words/durations';
import { unknown } from '../words/numbers';
import { toCell, toPullRequestName, type RowCell, type RowContext } from './rows-view';

export const incidentHeads = [
  { text: 'Incident', isNumeric: false },
  { text: 'Began', isNumeric: false },
  { text: 'Resolved', isNumeric: false },
  { text: 'Lasted', isNumeric: true },
  { text: 'Caused by', isNumeric: false },
] as const;

const reasons: Record<IncidentItem['source'], string> = {
  revert: 'Revert',
  naming_convention: 'Fix by its name',
};

/** An incident: what proves it, from when to when, and the deployment it is blamed on. */
export function toIncidentRow(item: IncidentItem, context: RowContext): RowCell[] {
  const createdAt = Date.parse(item.time_created);
  const resolvedAt = item.time_resolved === null ? null : Date.parse(item.time_resolved);
  return [
    toCell('Incident', {
      link: { href: item.url, text: `${item.system.name} ${toPullRequestName(item.incident_id)}`, isOutside: true },
      note: reasons[item.source],
    }),
    toCell('Began', { time: toTime(createdAt, context) }),
    toCell('Resolved', resolvedAt === null ? { text: 'not yet' } : { time: toTime(resolvedAt, context) }),
    toCell('Lasted', { text: toLength(createdAt, resolvedAt), isNumeric: true }),
    toCauseCell(item, context),
  ];
}

function toLength(createdAt: number, resolvedAt: number | null): string {
  return resolvedAt === null || resolvedAt < createdAt ? unknown : toDuration((resolvedAt - createdAt) / 1000);
}

function toCauseCell(item: IncidentItem, context: RowContext): RowCell {
  const url = context.systemUrls.get(item.system.uuid);
  if (item.deploy_id === null || url === undefined) {
    return toCell('Caused by', { text: unknown, note: 'no deployment before it is known' });
  }
  const name = toPullRequestName(item.deploy_id);
  const href = `${url}/pull-requests/${encodeURIComponent(name.slice(1))}`;
  return toCell('Caused by', { link: { href, text: `${item.system.name} ${name}`, isOutside: true } });
}
