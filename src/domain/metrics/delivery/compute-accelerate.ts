import { cutIntoBuckets } from '../../calendar/bucket';
import type { WorkspaceColumns } from '../../columns/month-columns';
import { measureDelivery, type Accelerate, type AccelerateQuestion } from '../accelerate';
import { listSystems, toBucketCounting, toSystemCounting, type Counting } from '../selection/cells';
import type { DeliveryTally } from '../tally';
import { tallyIncidents } from './incident-counts';
import { tallyDays } from './run-tallies';
import { tallySystems, type DeploymentTally } from './system-tallies';

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
  const tallies = join(columns, counting, tallyDays(columns, counting, range));
  const series = buckets.flatMap((over, index) => tallies.slice(index, index + 1).map((one) => ({ over, tally: one })));
  const [all] = tallies.slice(-1);
  if (all === undefined) throw new Error('The whole range has not been counted.');
  return measureDelivery({ whole: { over: range, tally: all }, series }, question);
}

/** The same of each system that passes, without a series, by its uuid: all in one pass. */
export function computeAccelerateBySystem(
  columns: WorkspaceColumns,
  question: Omit<AccelerateQuestion, 'interval'>,
): ReadonlyMap<string, Accelerate> {
  const { range } = question;
  const systems = listSystems(columns, question);
  const counting = toSystemCounting(columns, question, systems);
  const tallies = join(columns, counting, tallySystems(columns, counting, range));
  return new Map(
    tallies.map((tally, index) => [
      columns.names.systems[systems[index] ?? 0] ?? '',
      measureDelivery({ whole: { over: range, tally }, series: [] }, question),
    ]),
  );
}

/** With the incidents of each. */
function join(columns: WorkspaceColumns, counting: Counting, deployed: readonly DeploymentTally[]): DeliveryTally[] {
  return tallyIncidents(columns, counting).flatMap((ofIncidents, index) =>
    deployed.slice(index, index + 1).map((ofDeployments) => ({ ...ofDeployments, ...ofIncidents })),
  );
}
