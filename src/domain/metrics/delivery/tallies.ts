import type { Bucket } from '../../calendar/bucket';
import type { DayNumber } from '../../calendar/civil-day';
import type { DateRange } from '../../calendar/date-range';
import type { WorkspaceColumns } from '../../columns/month-columns';
import { toDurations } from '../durations';
import type { Measured } from '../over-time';
import { readDealt } from '../selection/cells';
import type { RangeDays } from '../selection/range-days';
import type { DeliveryTally } from '../tally';
import type { IncidentCounts } from './incident-counts';
import type { RowCounts } from './row-counts';
import { listDayRuns, tallyDays } from './run-tallies';

/** A range, its buckets, and what was counted of incidents in the cell of each. */
export interface Tallying {
  readonly range: DateRange;
  readonly buckets: readonly Bucket[];
  readonly incidents: IncidentCounts;
}

/** Of all deployments, from runs by day. */
export function tallyByDayRuns(
  columns: WorkspaceColumns,
  { range, buckets, incidents }: Tallying,
  days: RangeDays,
): Measured<DeliveryTally> {
  const list = listDayRuns(columns, range, days);
  const toTally = (some: { readonly begin: number; readonly end: number }, ofIncidents: TallyOfIncidents) => {
    const { listDays, ...counted } = tallyDays(list, some);
    return { ...counted, ...ofIncidents, listDays: () => listDays(range.firstDay) };
  };
  let [day, begin] = [0, 0];
  const series = buckets.map((over, cell) => {
    day += over.days;
    const first = begin;
    while (begin < list.day.length && (list.day[begin] ?? 0) < day) begin += 1;
    return { over, tally: toTally({ begin: first, end: begin }, tallyIncidents(incidents, cell)) };
  });
  const all = { begin: 0, end: list.day.length };
  return { whole: { over: range, tally: toTally(all, tallyAllIncidents(incidents)) }, series };
}

/** Of the deployments that pass filters, counted in the cells of the buckets. */
export function tallyByRows(rows: RowCounts, { range, buckets, incidents }: Tallying): Measured<DeliveryTally> {
  const listDays = () => rows.days.list(0, range.firstDay);
  const toTally = (cell: number) => ({ ...tallyRows(rows, cell), ...tallyIncidents(incidents, cell), listDays });
  const all = {
    deployments: addUp(rows.deployments),
    incomplete: addUp(rows.incomplete),
    excludedChanges: addUp(rows.excludedChanges),
    leadTimes: toDurations(rows.leadTimes.numbers.slice()),
  };
  return {
    whole: { over: range, tally: { ...all, ...tallyAllIncidents(incidents), listDays } },
    series: buckets.map((over, cell) => ({ over, tally: toTally(cell) })),
  };
}

/** Of one system, where each has a cell. */
export function tallySystem(
  rows: RowCounts,
  incidents: IncidentCounts,
  { system, firstDay }: { readonly system: number; readonly firstDay: DayNumber },
): DeliveryTally {
  const listDays = () => rows.days.list(system, firstDay);
  return { ...tallyRows(rows, system), ...tallyIncidents(incidents, system), listDays };
}

function tallyRows(rows: RowCounts, cell: number) {
  return {
    deployments: rows.deployments[cell] ?? 0,
    incomplete: rows.incomplete[cell] ?? 0,
    excludedChanges: rows.excludedChanges[cell] ?? 0,
    leadTimes: toDurations(readDealt(rows.leadTimes, cell)),
  };
}

type TallyOfIncidents = Pick<DeliveryTally, 'failed' | 'rework' | 'recoveries' | 'unresolved' | 'excludedIncidents'>;

function tallyIncidents(incidents: IncidentCounts, cell: number): TallyOfIncidents {
  return {
    failed: incidents.failed[cell] ?? 0,
    rework: incidents.rework[cell] ?? 0,
    recoveries: toDurations(readDealt(incidents.recoveries, cell)),
    unresolved: incidents.unresolved[cell] ?? 0,
    excludedIncidents: incidents.excluded[cell] ?? 0,
  };
}

/** Durations are copied: each cell puts its own in its own order. */
function tallyAllIncidents(incidents: IncidentCounts): TallyOfIncidents {
  return {
    failed: addUp(incidents.failed),
    rework: addUp(incidents.rework),
    recoveries: toDurations(incidents.recoveries.numbers.slice()),
    unresolved: addUp(incidents.unresolved),
    excludedIncidents: addUp(incidents.excluded),
  };
}

function addUp(counts: Uint32Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
