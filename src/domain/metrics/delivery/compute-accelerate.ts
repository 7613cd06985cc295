import { cutIntoBuckets } from '../../calendar/bucket';
import type { WorkspaceColumns } from '../../columns/month-columns';
import { measureDelivery, type Accelerate, type AccelerateQuestion } from '../accelerate';
import { toBucketCells, toSystemCells } from '../selection/cells';
import { expectTimezone, RangeDays } from '../selection/range-days';
import { passesAll, toRowFilter } from '../selection/row-filter';
import { countIncidents } from './incident-counts';
import { countRows } from './row-counts';
import { tallyByDayRuns, tallyByRows, tallySystem } from './tallies';

/**
 * The Accelerate metrics of a workspace under filters (docs/definitions.md, 5). Without a filter lead times are read off
 * the runs that columns keep sorted by day; with one from the rows that pass, none of which is sorted.
 *
 * @throws if the question is asked in another zone than the columns' days are cut in
 */
export function computeAccelerate(columns: WorkspaceColumns, question: AccelerateQuestion): Accelerate {
  const { range, interval } = question;
  expectTimezone(columns.timezone, range.timezone);
  const { startAt, endAt } = range;
  const buckets = interval === null ? [] : cutIntoBuckets(range, interval);
  const days = new RangeDays(range);
  const filter = toRowFilter(columns.names, question);
  const counting = { startAt, endAt, filter, cells: toBucketCells(buckets, days) };
  const tallying = { range, buckets, incidents: countIncidents(columns, counting) };
  const measured = passesAll(filter)
    ? tallyByDayRuns(columns, tallying, days)
    : tallyByRows(countRows(columns, { ...counting, days, isBySystem: false }), tallying);
  return measureDelivery(measured, question);
}

/** The same of each system that passes, without a series, by its uuid: all in one pass. */
export function computeAccelerateBySystem(
  columns: WorkspaceColumns,
  question: Omit<AccelerateQuestion, 'interval'>,
): ReadonlyMap<string, Accelerate> {
  const { range } = question;
  expectTimezone(columns.timezone, range.timezone);
  const { startAt, endAt } = range;
  const { systems } = columns.names;
  const filter = toRowFilter(columns.names, question);
  const counting = { startAt, endAt, filter, cells: toSystemCells(systems.length) };
  const rows = countRows(columns, { ...counting, days: new RangeDays(range), isBySystem: true });
  const incidents = countIncidents(columns, counting);
  const reports = new Map<string, Accelerate>();
  systems.forEach((uuid, system) => {
    if (filter.systems !== null && filter.systems[system] !== 1) return;
    const whole = { over: range, tally: tallySystem(rows, incidents, { system, firstDay: range.firstDay }) };
    reports.set(uuid, measureDelivery({ whole, series: [] }, question));
  });
  return reports;
}
