import { compareText } from '../compare-text';
import type { Instant } from '../instant';
import {
  collectDeployments,
  collectReverted,
  createDeployed,
  createIncidents,
  readFix,
  toIncidents,
  type Fix,
  type Histories,
} from './incident-history';
import type { DeploymentReferences, MonthColumns, Rows, SystemIncidents } from './month-columns';

/** Which merges of a repository are others than before, new or gone. */
export interface TouchedMerges {
  readonly numbers: ReadonlySet<number>;
  /** The earliest moment at which one of them was or is merged. */
  readonly from: Instant;
}

interface Update {
  readonly system: number;
  readonly touched: TouchedMerges;
  /** The incidents of the repository as they were. */
  readonly before: SystemIncidents | null;
}

/**
 * The incidents of a repository after some of its merges have changed: those that one of them proves, or takes part in by
 * name, and those that began when one of them may have been deployed, are found again; the others stay as they are. Looks
 * at the months since then, and at all merges only for a changed fix that names what it reverts.
 */
export function updateIncidents(months: readonly MonthColumns[], update: Update): SystemIncidents {
  const before = update.before ?? createIncidents(0);
  const former = listFormer(before, update.touched);
  const fixes = listFixes(months, update, former);
  const again = new Set(fixes.map(({ number }) => number));
  const kept = [...before.number.keys()].filter((index) => {
    const number = before.number[index] ?? 0;
    return !former.has(number) && !again.has(number);
  });
  if (fixes.length === 0 && kept.length === before.count) return before;
  return join(before, kept, findAgain(months, update, { before, fixes }));
}

/** When those incidents were resolved that cannot stay as they are, by the number of the fix. */
function listFormer(
  { count, number, createdAt, resolvedAt }: SystemIncidents,
  touched: TouchedMerges,
): Map<number, Instant> {
  const former = new Map<number, Instant>();
  for (let index = 0; index < count; index += 1) {
    const own = number[index] ?? 0;
    const stays = (createdAt[index] ?? 0) < touched.from && !touched.numbers.has(own);
    if (!stays) former.set(own, resolvedAt[index] ?? 0);
  }
  return former;
}

/** What is merged now that ends an incident which is found again. */
function listFixes(
  months: readonly MonthColumns[],
  { system, touched: { numbers, from } }: Update,
  former: ReadonlyMap<number, Instant>,
): Fix[] {
  const earliest = [...former.values()].reduce((least, at) => Math.min(least, at), from);
  const isAffected = ({ merges }: MonthColumns, row: number, isNamed: boolean): boolean => {
    const own = merges.number[row] ?? 0;
    return merges.system[row] === system && (isNamed || numbers.has(own) || former.has(own));
  };
  return months.flatMap((month, place) => {
    const isRecent = (months[place + 1]?.startAt ?? Number.POSITIVE_INFINITY) > earliest;
    const { row: rows, revertedNumber } = month.merges.proofs;
    const fixes: Fix[] = [];
    rows.forEach((row, index) => {
      const isNamed = numbers.has(revertedNumber[index] ?? 0);
      if ((isRecent || isNamed) && isAffected(month, row, isNamed)) fixes.push(readFix(month, row, index));
    });
    return fixes;
  });
}

interface FoundAgain {
  readonly before: SystemIncidents;
  readonly fixes: Fix[];
}

function findAgain(months: readonly MonthColumns[], update: Update, { before, fixes }: FoundAgain): SystemIncidents {
  const { system } = update;
  const reverted = toReverted(update, { before, fixes });
  const history = { fixes, reverted, start: 0, end: 0 };
  const histories: Histories = Array.from({ length: system + 1 }, (_, place) =>
    place === system ? history : undefined,
  );
  if ([...reverted.values()].includes(null)) {
    for (const month of months) collectReverted(month, histories);
  }
  const instants = fixes.flatMap(({ mergedAt, startedAt, revertedNumber }) => [
    mergedAt,
    reverted.get(revertedNumber) ?? startedAt,
  ]);
  const since = listMonthsAround(
    months,
    system,
    instants.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY),
  );
  const counts = new Uint32Array(system + 1);
  for (const { deployments } of since) {
    counts[system] = (counts[system] ?? 0) + countRows(deployments, system, deployments.count);
  }
  const deployed = createDeployed(counts, histories);
  for (const month of since) collectDeployments(month, histories, deployed);
  return toIncidents(system, history, deployed);
}

/**
 * When those were merged that the fixes name; `null`: not known yet. An incident began when what it names was merged, if
 * that is known at all, and still does where neither has changed.
 */
function toReverted({ touched: { numbers } }: Update, { before, fixes }: FoundAgain): Map<number, Instant | null> {
  const began = new Map([...before.number].map((number, index) => [number, before.createdAt[index] ?? 0]));
  const reverted = new Map<number, Instant | null>();
  for (const { number, revertedNumber, startedAt } of fixes) {
    if (revertedNumber === 0) continue;
    const isSame = !numbers.has(number) && !numbers.has(revertedNumber);
    const at = isSame ? (began.get(number) ?? startedAt) : startedAt;
    reverted.set(revertedNumber, reverted.get(revertedNumber) ?? (at === startedAt ? null : at));
  }
  return reverted;
}

/** The months from the one on that tells which two deployments of the repository were the last up to the instant. */
function listMonthsAround(months: readonly MonthColumns[], system: number, at: Instant): readonly MonthColumns[] {
  let missing = 2;
  let first = months.length;
  while (first > 0 && missing > 0) {
    first -= 1;
    const month = months[first];
    if (month !== undefined) missing -= countRows(month.deployments, system, countUpTo(month, at));
  }
  return months.slice(first);
}

function countUpTo({ startAt, deployments }: MonthColumns, at: Instant): number {
  const later = deployments.at.findIndex((offset) => startAt + offset > at);
  return later === -1 ? deployments.count : later;
}

/** How many of the first rows are of the repository. */
function countRows({ system: systems }: Rows, system: number, end: number): number {
  let count = 0;
  for (let row = 0; row < end; row += 1) count += Number(systems[row] === system);
  return count;
}

/** Those kept of what was, and those found again, in one order. */
function join(before: SystemIncidents, kept: readonly number[], found: SystemIncidents): SystemIncidents {
  const joined = createIncidents(kept.length + found.count);
  let [old, fresh] = [0, 0];
  for (let place = 0; place < joined.count; place += 1) {
    const own = kept[old];
    const isOld = own !== undefined && (fresh >= found.count || isBefore(before, own, { found, fresh }));
    if (isOld) copy({ from: before, index: own, to: joined, place });
    else copy({ from: found, index: fresh, to: joined, place });
    if (isOld) old += 1;
    else fresh += 1;
  }
  return joined;
}

function isBefore(
  before: SystemIncidents,
  own: number,
  { found, fresh }: { readonly found: SystemIncidents; readonly fresh: number },
): boolean {
  const apart = (before.createdAt[own] ?? 0) - (found.createdAt[fresh] ?? 0);
  return apart < 0 || (apart === 0 && compareText(String(before.number[own]), String(found.number[fresh])) < 0);
}

interface Copying {
  readonly from: SystemIncidents;
  readonly index: number;
  readonly to: SystemIncidents;
  readonly place: number;
}

function copy({ from, index, to, place }: Copying): void {
  for (const key of ['number', 'createdAt', 'resolvedAt', 'source'] as const) to[key][place] = from[key][index] ?? 0;
  for (const key of ['blamed', 'fix'] as const) copyReference({ from: from[key], index, to: to[key], place });
}

interface ReferenceCopying {
  readonly from: DeploymentReferences;
  readonly index: number;
  readonly to: DeploymentReferences;
  readonly place: number;
}

function copyReference({ from, index, to, place }: ReferenceCopying): void {
  for (const key of ['number', 'system', 'teamSet', 'at'] as const) to[key][place] = from[key][index] ?? 0;
}
