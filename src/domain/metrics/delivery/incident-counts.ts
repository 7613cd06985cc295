import type { DeploymentReferences, SystemIncidents, WorkspaceColumns } from '../../columns/month-columns';
import { findFirst, toStarts } from '../../columns/narrow';
import type { Instant } from '../../instant';
import { toDurations } from '../durations';
import { addTo, follow, sumOf, type CellSpan, type GroupCounting } from '../selection/cells';
import { countMostGroups } from '../selection/grouping';
import { passes, type RowFilter } from '../selection/row-filter';
import type { DeliveryTally } from '../tally';
import { DeploymentMarks } from './deployment-marks';

type IncidentTally = Pick<DeliveryTally, 'failed' | 'rework' | 'recoveries' | 'unresolved' | 'excludedIncidents'>;

/** What is counted, and in which cells: those of buckets, or of groups where these are told. */
export interface IncidentCounting extends Pick<GroupCounting, 'startAt' | 'endAt' | 'filter' | 'bucketStarts'> {
  /** `null`: a cell for each bucket; else one for each group. */
  readonly grouping: GroupCounting['grouping'] | null;
  /** Of these cells the numbers are wanted. */
  readonly spans: readonly CellSpan[];
}

/** Deployments and incidents of the range count in their cells; an incident in those of the deployment it blames. */
export function tallyIncidents({ incidents }: WorkspaceColumns, counting: IncidentCounting): IncidentTally[] {
  const all = [...incidents.values()];
  const failed = countDeployments(all, 'blamed', counting);
  const rework = countDeployments(all, 'fix', counting);
  const { unresolved, excluded, starts, recoveries } = countRecoveries(all, counting);
  return counting.spans.map((span) => ({
    failed: sumOf(failed, span),
    rework: sumOf(rework, span),
    unresolved: sumOf(unresolved, span),
    excludedIncidents: sumOf(excluded, span),
    recoveries: toDurations(recoveries.subarray(starts[span.begin], starts[span.end])),
  }));
}

/** The deployments of the range that an incident blames, or that are a fix, each once: summed up over the cells. */
function countDeployments(
  all: readonly SystemIncidents[],
  of: 'blamed' | 'fix',
  counting: IncidentCounting,
): Uint32Array {
  const counter = new DeploymentCounter(counting);
  for (const { [of]: references } of all) addReferences(references, counting, counter);
  return toStarts(counter.counts);
}

function addReferences(
  references: DeploymentReferences,
  { startAt, endAt, filter }: IncidentCounting,
  counter: DeploymentCounter,
): void {
  const { at } = references;
  for (let place = 0; place < at.length; place += 1) {
    const moment = at[place] ?? Number.NaN;
    if (moment < startAt || !(moment < endAt) || !isMeant(references, place, filter)) continue;
    counter.add(references, place, moment);
  }
}

/** Whether it speaks of a deployment which passes. */
function isMeant({ number, system, teamSet }: DeploymentReferences, place: number, filter: RowFilter): boolean {
  return number[place] !== 0 && passes(filter, system[place] ?? 0, teamSet[place] ?? 0);
}

/** Finds the cells of one deployment after the other. */
class CellFinder {
  readonly #counting: IncidentCounting;
  /** Where the last one was: the next is near. */
  #near = 0;
  /** What is given for a bucket, again and again. */
  readonly #one = [0];

  constructor(counting: IncidentCounting) {
    this.#counting = counting;
  }

  /** Good until the next call. */
  list({ system, teamSet }: DeploymentReferences, place: number, at: Instant): readonly number[] {
    const { grouping, bucketStarts } = this.#counting;
    if (grouping !== null) {
      const numbers = grouping.by === 'system' ? system : teamSet;
      return grouping.groupsOf[numbers[place] ?? 0] ?? [];
    }
    this.#near = follow(bucketStarts, this.#near, at);
    this.#one[0] = this.#near;
    return this.#one;
  }
}

function countCells({ grouping, bucketStarts }: IncidentCounting): number {
  return grouping === null ? bucketStarts.length - 1 : grouping.names.length;
}

/** Counts deployments in their cells, each once. */
class DeploymentCounter {
  readonly counts: Uint32Array;
  readonly #marks = new DeploymentMarks();
  readonly #finder: CellFinder;

  constructor(counting: IncidentCounting) {
    this.counts = new Uint32Array(countCells(counting));
    this.#finder = new CellFinder(counting);
  }

  add(references: DeploymentReferences, place: number, at: Instant): void {
    if (!this.#marks.add(references.system[place] ?? 0, references.number[place] ?? 0)) return;
    for (const cell of this.#finder.list(references, place, at)) addTo(this.counts, cell, 1);
  }
}

/** The incidents that began in the range and are linked to a deployment that passes. */
interface Lasted {
  count: number;
  /** Milliseconds; NaN: they go on. */
  readonly lengths: Float64Array;
  readonly cellOf: Uint32Array;
}

function listRecoveries(all: readonly SystemIncidents[], counting: IncidentCounting): Lasted {
  const widest = counting.grouping === null ? 1 : countMostGroups(counting.grouping);
  const most = widest * all.reduce((sum, { count }) => sum + count, 0);
  const lasted = { count: 0, lengths: new Float64Array(most), cellOf: new Uint32Array(most) };
  const finder = new CellFinder(counting);
  for (const one of all) addRecoveries(one, { ...counting, finder }, lasted);
  return lasted;
}

function addRecoveries(
  { createdAt, resolvedAt, blamed }: SystemIncidents,
  { startAt, endAt, filter, finder }: IncidentCounting & { readonly finder: CellFinder },
  lasted: Lasted,
): void {
  const end = findFirst(createdAt, endAt);
  for (let place = findFirst(createdAt, startAt); place < end; place += 1) {
    if (!isMeant(blamed, place, filter)) continue;
    const beganAt = createdAt[place] ?? 0;
    const length = (resolvedAt[place] ?? Number.NaN) - beganAt;
    for (const cell of finder.list(blamed, place, beganAt)) {
      lasted.lengths[lasted.count] = length;
      lasted.cellOf[lasted.count] = cell;
      lasted.count += 1;
    }
  }
}

/** Counts are summed up over the cells; recoveries lie cell by cell, from `starts[cell]` on. */
function countRecoveries(all: readonly SystemIncidents[], counting: IncidentCounting) {
  const lasted = listRecoveries(all, counting);
  const count = (isCounted: (length: number) => boolean): Uint32Array => {
    const counts = new Uint32Array(countCells(counting));
    for (let index = 0; index < lasted.count; index += 1) {
      if (isCounted(lasted.lengths[index] ?? Number.NaN)) addTo(counts, lasted.cellOf[index] ?? 0, 1);
    }
    return toStarts(counts);
  };
  const starts = count((length) => length >= 0);
  const unresolved = count((length) => Number.isNaN(length));
  return { unresolved, excluded: count((length) => length < 0), starts, recoveries: deal(lasted, starts) };
}

/** Those that are over, cell by cell. */
function deal({ count, lengths, cellOf }: Lasted, starts: Uint32Array): Float64Array {
  const [next, dealt] = [starts.slice(), new Float64Array(starts.at(-1) ?? 0)];
  for (let index = 0; index < count; index += 1) {
    const length = lengths[index] ?? Number.NaN;
    if (!(length >= 0)) continue;
    const cell = cellOf[index] ?? 0;
    dealt[next[cell] ?? 0] = length;
    addTo(next, cell, 1);
  }
  return dealt;
}
