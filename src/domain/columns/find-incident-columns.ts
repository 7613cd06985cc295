import { compareText } from '../compare-text';
import type { Instant } from '../instant';
import type { MonthColumns, Rows, SystemIncidents, WorkspaceColumns } from './month-columns';

/**
 * The incidents that merges prove (docs/definitions.md, 4), by the number of the repository; the same as `findIncidents`
 * finds in the facts themselves. `systems`: only of these repositories; `null`: of all. Costs a look at every row, and a
 * binary search an incident.
 */
export function findIncidentColumns(
  { months }: Pick<WorkspaceColumns, 'months'>,
  systems: ReadonlySet<number> | null,
): Map<number, SystemIncidents> {
  const histories = collectProofs(months, systems);
  collectDeployments(months, histories);
  collectReverted(months, histories);
  const found = new Map<number, SystemIncidents>();
  for (const [system, history] of histories) found.set(system, toColumns(system, history));
  return found;
}

interface Fix {
  readonly number: number;
  readonly mergedAt: Instant;
  readonly source: number;
  /** 0: none. */
  readonly revertedNumber: number;
  readonly startedAt: Instant;
}

interface Deployed {
  readonly at: Instant;
  readonly number: number;
  readonly teamSet: number;
}

/** What is asked of a repository to tell what its incidents are blamed on. */
interface History {
  readonly fixes: Fix[];
  /** By their moment, of several at one instant by their number. */
  readonly deployments: Deployed[];
  /** When those were merged that a fix names. */
  readonly reverted: Map<number, Instant | null>;
}

function collectProofs(months: readonly MonthColumns[], systems: ReadonlySet<number> | null): Map<number, History> {
  const histories = new Map<number, History>();
  for (const { startAt, merges } of months) {
    merges.proofs.row.forEach((row, index) => {
      const system = merges.system[row] ?? 0;
      if (systems?.has(system) === false) return;
      const history = histories.get(system) ?? { fixes: [], deployments: [], reverted: new Map<number, null>() };
      histories.set(system, history);
      const fix = readFix({ startAt, merges }, row, index);
      history.fixes.push(fix);
      if (fix.revertedNumber > 0) history.reverted.set(fix.revertedNumber, null);
    });
  }
  return histories;
}

function readFix({ startAt, merges }: Pick<MonthColumns, 'startAt' | 'merges'>, row: number, index: number): Fix {
  const { proofs, number, at } = merges;
  return {
    number: number[row] ?? 0,
    mergedAt: startAt + (at[row] ?? 0),
    source: proofs.source[index] ?? 0,
    revertedNumber: proofs.revertedNumber[index] ?? 0,
    startedAt: proofs.startedAt[index] ?? 0,
  };
}

function collectDeployments(months: readonly MonthColumns[], histories: ReadonlyMap<number, History>): void {
  const bySystem = toList(histories);
  for (const { startAt, deployments } of months) {
    const { system, count } = deployments;
    for (let row = 0; row < count; row += 1) {
      bySystem[system[row] ?? 0]?.deployments.push(readDeployed(deployments, startAt, row));
    }
  }
  // Of several at one instant rows come by their id as text.
  for (const { deployments } of histories.values()) deployments.sort((a, b) => a.at - b.at || a.number - b.number);
}

function readDeployed({ at, number, teamSet }: Rows, startAt: Instant, row: number): Deployed {
  return { at: startAt + (at[row] ?? 0), number: number[row] ?? 0, teamSet: teamSet[row] ?? 0 };
}

function collectReverted(months: readonly MonthColumns[], histories: ReadonlyMap<number, History>): void {
  const bySystem = toList(histories);
  for (const { startAt, merges } of months) {
    const { system, number, count } = merges;
    for (let row = 0; row < count; row += 1) {
      const reverted = bySystem[system[row] ?? 0]?.reverted;
      const own = number[row] ?? 0;
      if (reverted?.has(own) === true) reverted.set(own, readDeployed(merges, startAt, row).at);
    }
  }
}

/** By number: a list answers quicker than a map, and is asked for every row. */
function toList(histories: ReadonlyMap<number, History>): (History | undefined)[] {
  const list: (History | undefined)[] = [];
  for (const [system, history] of histories) list[system] = history;
  return list;
}

interface Found extends Fix {
  readonly createdAt: Instant;
  readonly blamed: Deployed | null;
  readonly fix: Deployed | null;
}

function toColumns(system: number, { fixes, deployments, reverted }: History): SystemIncidents {
  const found = fixes.map((one): Found => {
    const undone = reverted.get(one.revertedNumber) ?? null;
    const createdAt = undone ?? one.startedAt;
    const fix = findOwn(deployments, one.number, one.mergedAt);
    const direct = undone === null ? null : findOwn(deployments, one.revertedNumber, undone);
    return { ...one, createdAt, fix, blamed: direct ?? findLast(deployments, createdAt, fix) };
  });
  found.sort((a, b) => a.createdAt - b.createdAt || compareText(String(a.number), String(b.number)));
  const refer = (toDeployed: (one: Found) => Deployed | null) => buildReferences(found.map(toDeployed), system);
  return {
    count: found.length,
    number: Uint32Array.from(found, ({ number }) => number),
    createdAt: Float64Array.from(found, ({ createdAt }) => createdAt),
    resolvedAt: Float64Array.from(found, ({ mergedAt }) => mergedAt),
    source: Uint8Array.from(found, ({ source }) => source),
    blamed: refer(({ blamed }) => blamed),
    fix: refer(({ fix }) => fix),
  };
}

function buildReferences(deployed: readonly (Deployed | null)[], system: number): SystemIncidents['blamed'] {
  return {
    number: Uint32Array.from(deployed, (one) => one?.number ?? 0),
    system: Uint32Array.from(deployed, (one) => (one === null ? 0 : system)),
    teamSet: Uint32Array.from(deployed, (one) => one?.teamSet ?? 0),
    at: Float64Array.from(deployed, (one) => one?.at ?? 0),
  };
}

/** What the merge of a pull request deployed. */
function findOwn(deployments: readonly Deployed[], number: number, mergedAt: Instant): Deployed | null {
  for (let index = countUpTo(deployments, mergedAt) - 1; index >= 0; index -= 1) {
    const one = deployments[index];
    if (one === undefined || one.at < mergedAt) return null;
    if (one.number === number) return one;
  }
  return null;
}

/** The last deployment at or before the instant, never the fix itself. */
function findLast(deployments: readonly Deployed[], at: Instant, fix: Deployed | null): Deployed | null {
  const count = countUpTo(deployments, at);
  const last = deployments[count - 1] ?? null;
  return last !== null && last === fix ? (deployments[count - 2] ?? null) : last;
}

/** How many there are at or before the instant. */
function countUpTo(deployments: readonly Deployed[], at: Instant): number {
  let [low, high] = [0, deployments.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((deployments[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
