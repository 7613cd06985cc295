import type { MonthColumns } from '../../domain/columns/month-columns';
import type { Names } from '../../domain/columns/names';
import { findFirst } from '../../domain/columns/narrow';
import { readPacked } from '../../domain/columns/packed-column';
import type { PullRequestKey } from '../../store/pull-requests/read-recorded';
import type { HeldRow } from './replace-rows';
import type { Pause } from './slices';

/** A deployment as the columns knew it, which is another now, or gone. */
interface FormerDeployment {
  readonly system: number;
  readonly at: number;
}

interface Place {
  readonly months: readonly MonthColumns[];
  readonly names: Names;
  readonly pause: Pause;
}

/**
 * The merges that may have waited for one of the deployments, as their times tell: which commits a deployment held before
 * it changed nobody knows any more.
 */
export async function findWaiting(
  held: readonly HeldRow[],
  { months, names, pause }: Place,
): Promise<PullRequestKey[]> {
  const former = toFormerDeployments(held);
  const waiting: PullRequestKey[] = [];
  for (const month of former.size === 0 ? [] : months) {
    const { system, number } = month.merges;
    for (const row of listWaiting(month, former)) {
      waiting.push({ repositoryUuid: names.systems[system[row] ?? 0] ?? '', number: number[row] ?? 0 });
    }
    await pause();
  }
  return waiting;
}

function listWaiting(month: MonthColumns, former: ReadonlyMap<number, ReadonlySet<number>>): number[] {
  const { count, system } = month.merges;
  const rows: number[] = [];
  for (let row = 0; row < count; row += 1) {
    const instants = former.get(system[row] ?? 0);
    if (instants !== undefined && hasWaited(month, row, instants)) rows.push(row);
  }
  return rows;
}

/** Their instants, by repository. */
function toFormerDeployments(held: readonly HeldRow[]): Map<number, Set<number>> {
  const former = new Map<number, Set<number>>();
  for (const { system, at } of held.flatMap(toFormerDeployment)) {
    former.set(system, (former.get(system) ?? new Set()).add(at));
  }
  return former;
}

function toFormerDeployment({ month, row }: HeldRow): FormerDeployment[] {
  const { merges, deployments, startAt } = month;
  const [system, number, offset] = [merges.system[row] ?? 0, merges.number[row] ?? 0, merges.at[row] ?? 0];
  for (let place = findFirst(deployments.at, offset); deployments.at[place] === offset; place += 1) {
    const isOfRow = deployments.system[place] === system && deployments.number[place] === number;
    if (isOfRow) return [{ system, at: startAt + offset }];
  }
  return [];
}

/** Reviewing ends with the merge, or with the opening where sources date that later. */
function hasWaited({ merges, startAt }: MonthColumns, row: number, instants: ReadonlySet<number>): boolean {
  const mergedAt = startAt + (merges.at[row] ?? 0);
  const waited = readPacked(merges.phases.waiting_for_deployment, row);
  const endAt = mergedAt + Math.max(0, -readPacked(merges.metrics.time_to_merge, row));
  if (waited > 0) return instants.has(endAt + waited);
  // No wait: deployed at once, or not known to be deployed.
  return instants.has(mergedAt) || (endAt > mergedAt && [...instants].some((at) => at >= mergedAt && at <= endAt));
}
