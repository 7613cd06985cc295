import { cutIntoBuckets } from '../../calendar/bucket';
import type { WorkspaceColumns } from '../../columns/month-columns';
import { measureDelivery, type Accelerate, type AccelerateQuestion } from '../accelerate';
import { toBucketCounting, toCountingBySystem, toCountingByTeam, type GroupCounting } from '../selection/cells';
import { tallyGroups, type DeploymentTally } from './group-tallies';
import { tallyIncidents, type IncidentCounting } from './incident-counts';
import { tallyDays } from './run-tallies';
import type { DeliveryTally } from '../tally';

/** A group of a workspace: the metrics of the range, and how its lead time went. */
export interface GroupAccelerate {
  /** Without series. */
  readonly accelerate: Accelerate;
  /** The median lead time of each bucket in seconds, `null` without any; empty where no interval was asked for. */
  readonly leadMedians: readonly (number | null)[];
}

/**
 * The Accelerate metrics of a workspace under filters (docs/definitions.md, 5). Lead times are
 * read off the runs that columns keep sorted by day; under filters off what of them passes.
 *
 * @throws if the question is asked in another zone than the columns' days are cut in
 */
export function computeAccelerate(columns: WorkspaceColumns, question: AccelerateQuestion): Accelerate {
  const { range, interval } = question;
  const buckets = interval === null ? [] : cutIntoBuckets(range, interval);
  const counting = toBucketCounting(columns, question, buckets);
  const tallies = join(columns, { ...counting, grouping: null }, tallyDays(columns, counting, range));
  const series = buckets.flatMap((over, index) => tallies.slice(index, index + 1).map((one) => ({ over, tally: one })));
  const [all] = tallies.slice(-1);
  if (all === undefined) throw new Error('The whole range has not been counted.');
  return measureDelivery({ whole: { over: range, tally: all }, series }, question);
}

/** The same of each system that passes, by its uuid: all in one pass. */
export function computeAccelerateBySystem(
  columns: WorkspaceColumns,
  question: AccelerateQuestion,
): ReadonlyMap<string, GroupAccelerate> {
  return computeByGroup(columns, question, toCountingBySystem);
}

/** The same of each of the teams, by its slug: what asking with that team alone gives. A row counts for each of its teams. */
export function computeAccelerateByTeam(
  columns: WorkspaceColumns,
  question: AccelerateQuestion,
): ReadonlyMap<string, GroupAccelerate> {
  // No team at all would be no filter.
  return question.teams.length === 0 ? new Map() : computeByGroup(columns, question, toCountingByTeam);
}

function computeByGroup(
  columns: WorkspaceColumns,
  question: AccelerateQuestion,
  toCounting: typeof toCountingBySystem,
): ReadonlyMap<string, GroupAccelerate> {
  const { range, interval } = question;
  const counting: GroupCounting = toCounting(
    columns,
    question,
    interval === null ? [] : cutIntoBuckets(range, interval),
  );
  const { names } = counting.grouping;
  const deployed = tallyGroups(columns, counting, range);
  const spans = names.map((_name, group) => ({ begin: group, end: group + 1 }));
  const tallies = join(columns, { ...counting, spans }, deployed);
  return new Map(
    tallies.map((tally, group) => [
      names[group] ?? '',
      {
        accelerate: measureDelivery({ whole: { over: range, tally }, series: [] }, question),
        leadMedians: interval === null ? [] : (deployed[group]?.leadMedians ?? []),
      },
    ]),
  );
}

/** With the incidents of each. */
function join(
  columns: WorkspaceColumns,
  counting: IncidentCounting,
  deployed: readonly DeploymentTally[],
): DeliveryTally[] {
  return tallyIncidents(columns, counting).flatMap((ofIncidents, index) =>
    deployed.slice(index, index + 1).map((ofDeployments) => ({ ...ofDeployments, ...ofIncidents })),
  );
}
