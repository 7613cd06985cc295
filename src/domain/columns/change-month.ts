import { findDayStart, findLocalDay } from '../calendar/time-zone';
import { compareText } from '../compare-text';
import { formatDeployId } from '../deployments/deploy-id';
import { mapPhases } from '../reviews/phase-ledger';
import { mapReviewMetrics } from '../reviews/review-metrics';
import { buildMonth, type ColumnContext } from './build-month';
import { cutIntoDays, listLeads } from './day-runs';
import type { MergedRow } from './merged-row';
import type { DeploymentColumns, MergeColumns, MonthColumns, ProofColumns, Rows } from './month-columns';
import type { Names } from './names';
import { joinNarrow, joinNumbers, toStarts, type Narrow, type Part } from './narrow';
import { joinPacked, type PackedColumn } from './packed-column';

/** Which pull request a row is of: a whole number that no other has. */
export type RowId = number;

const idsPerSystem = 2 ** 32;

export function toRowId(system: number, number: number): RowId {
  return system * idsPerSystem + number;
}

export function toSystemOfRow(id: RowId): number {
  return Math.floor(id / idsPerSystem);
}

export interface MonthChange {
  readonly month: string;
  /** Rows that are taken out, where they are there. */
  readonly drop: { readonly merges: ReadonlySet<RowId>; readonly deployments: ReadonlySet<RowId> };
  /** Rows that come in, in place of those of the same pull requests. */
  readonly put: readonly MergedRow[];
}

/**
 * The month with some rows more or less; `null` when none is left. Costs the copying of the month, and the sorting of
 * those days alone that something of has changed.
 */
export function changeMonth(
  before: MonthColumns | null,
  { month, drop, put }: MonthChange,
  context: ColumnContext,
): MonthColumns | null {
  const fresh = buildMonth(month, put, context);
  if (before === null) return fresh.merges.count === 0 ? null : fresh;
  const { names } = context;
  const comingIn = new Set(put.map(({ repositoryUuid, number }) => toRowId(names.toSystem(repositoryUuid), number)));
  const merges = plan(before.merges, fresh.merges, { names, gone: [drop.merges, comingIn] });
  const pieces = plan(before.deployments, fresh.deployments, { names, gone: [drop.deployments, comingIn] });
  const changed = {
    ...before,
    merges: changeMerges(before.merges, fresh.merges, merges),
    deployments: changeDeployments(before, fresh, { pieces, context }),
  };
  return changed.merges.count + changed.deployments.count === 0 ? null : changed;
}

/** The month with its days cut in another zone. */
export function recutDays(month: MonthColumns, timezone: ColumnContext['timezone']): MonthColumns {
  const { deployments, startAt } = month;
  const days = cutIntoDays({ ...deployments, leads: listLeads(deployments.days) }, { startAt, timezone });
  return { ...month, deployments: { ...deployments, days } };
}

/** Some rows, one behind the other, of the month as it was or of what comes in. */
interface Piece {
  readonly isFresh: boolean;
  readonly start: number;
  end: number;
}

interface Planning {
  readonly names: Names;
  readonly gone: readonly ReadonlySet<RowId>[];
}

/** The rows of both in their order, without those that go. */
function plan(before: Rows, fresh: Rows, { names, gone }: Planning): Piece[] {
  const pieces: Piece[] = [];
  let [start, next] = [0, 0];
  const keepUpTo = (end: number): void => {
    if (end > start) pieces.push({ isFresh: false, start, end });
    start = end;
  };
  for (const row of [...listGone(before, gone), before.count]) {
    for (; next < fresh.count; next += 1) {
      const place = findPlace(before, { rows: fresh, row: next }, names);
      if (place > row) break;
      keepUpTo(Math.max(start, place));
      addFresh(pieces, next);
    }
    keepUpTo(row);
    start = row + 1;
  }
  return pieces;
}

function addFresh(pieces: Piece[], row: number): void {
  const last = pieces.at(-1);
  if (last?.isFresh === true) last.end = row + 1;
  else pieces.push({ isFresh: true, start: row, end: row + 1 });
}

/** Ascending. Every row is looked at, and asked for its number only where one of its repository goes. */
function listGone({ count, system, number }: Rows, gone: Planning['gone']): number[] {
  const bySystem: (Set<number> | undefined)[] = [];
  for (const id of gone.flatMap((ids) => [...ids])) {
    const numbers = bySystem[toSystemOfRow(id)] ?? new Set();
    bySystem[toSystemOfRow(id)] = numbers.add(id % idsPerSystem);
  }
  const rows: number[] = [];
  for (let row = 0; row < count; row += 1) {
    if (bySystem[system[row] ?? 0]?.has(number[row] ?? 0) === true) rows.push(row);
  }
  return rows;
}

/** By bisection, before which row it comes. */
function findPlace(before: Rows, one: Place, names: Names): number {
  let [low, high] = [0, before.count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(one, { rows: before, row: middle }, names)) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Place {
  readonly rows: Rows;
  readonly row: number;
}

function isBefore(one: Place, other: Place, names: Names): boolean {
  const apart = (one.rows.at[one.row] ?? 0) - (other.rows.at[other.row] ?? 0);
  return apart < 0 || (apart === 0 && compareText(toId(one, names), toId(other, names)) < 0);
}

function toId({ rows, row }: Place, names: Names): string {
  return formatDeployId({
    repositoryUuid: names.systems[rows.system[row] ?? 0] ?? '',
    number: rows.number[row] ?? 0,
  });
}

/** Turns columns of both into one, by pieces of cells. */
function createJoin(pieces: readonly Piece[]) {
  const toParts = <Column>(before: Column, fresh: Column): Part<Column>[] =>
    pieces.map(({ isFresh, start, end }) => ({ column: isFresh ? fresh : before, start, end }));
  return {
    narrow: (before: Narrow, fresh: Narrow): Narrow => joinNarrow(toParts(before, fresh)),
    numbers: (before: Float64Array, fresh: Float64Array): Float64Array => joinNumbers(toParts(before, fresh)),
    packed: (before: PackedColumn, fresh: PackedColumn): PackedColumn => joinPacked(toParts(before, fresh)),
    rows: (before: Rows, fresh: Rows): Rows => {
      const at = new Uint32Array(joinNarrow(toParts<Narrow>(before.at, fresh.at)));
      return {
        count: at.length,
        at,
        system: joinNarrow(toParts(before.system, fresh.system)),
        teamSet: joinNarrow(toParts(before.teamSet, fresh.teamSet)),
        number: joinNarrow(toParts(before.number, fresh.number)),
        isComplete: new Uint8Array(joinNarrow(toParts<Narrow>(before.isComplete, fresh.isComplete))),
      };
    },
  };
}

function changeMerges(before: MergeColumns, fresh: MergeColumns, pieces: readonly Piece[]): MergeColumns {
  const join = createJoin(pieces);
  return {
    ...join.rows(before, fresh),
    metrics: mapReviewMetrics((key) => join.packed(before.metrics[key], fresh.metrics[key])),
    phases: mapPhases((phase) => join.packed(before.phases[phase], fresh.phases[phase])),
    proofs: changeProofs(before.proofs, fresh.proofs, pieces),
  };
}

function changeProofs(before: ProofColumns, fresh: ProofColumns, pieces: readonly Piece[]): ProofColumns {
  const found: { proofs: ProofColumns; index: number; row: number }[] = [];
  let shift = 0;
  for (const { isFresh, start, end } of pieces) {
    const proofs = isFresh ? fresh : before;
    proofs.row.forEach((row, index) => {
      if (row >= start && row < end) found.push({ proofs, index, row: row - start + shift });
    });
    shift += end - start;
  }
  return {
    row: Uint32Array.from(found, ({ row }) => row),
    source: Uint8Array.from(found, ({ proofs, index }) => proofs.source[index] ?? 0),
    revertedNumber: Uint32Array.from(found, ({ proofs, index }) => proofs.revertedNumber[index] ?? 0),
    startedAt: Float64Array.from(found, ({ proofs, index }) => proofs.startedAt[index] ?? 0),
  };
}

function changeDeployments(
  { startAt, deployments: before }: MonthColumns,
  { deployments: fresh }: MonthColumns,
  { pieces, context: { timezone } }: { readonly pieces: readonly Piece[]; readonly context: ColumnContext },
): DeploymentColumns {
  const join = createJoin(pieces);
  const starts = { before: toStarts(before.changeCount), fresh: toStarts(fresh.changeCount) };
  const joinLeads = createJoin(
    pieces.map(({ isFresh, start, end }) => {
      const of = isFresh ? starts.fresh : starts.before;
      return { isFresh, start: of[start] ?? 0, end: of[end] ?? 0 };
    }),
  );
  const columns = {
    ...join.rows(before, fresh),
    changeCount: join.narrow(before.changeCount, fresh.changeCount),
    excludedCount: join.narrow(before.excludedCount, fresh.excludedCount),
  };
  const leads = joinLeads.numbers(listLeads(before.days), listLeads(fresh.days));
  const moved = [...listLeft(before, pieces), ...fresh.at].map((offset) => startAt + offset);
  const touched = new Set(moved.map((at) => findDayStart(findLocalDay(at, timezone), timezone)));
  return {
    ...columns,
    days: cutIntoDays({ ...columns, leads }, { startAt, timezone }, { days: before.days, touched }),
  };
}

/** Where rows lay that are there no more. */
function listLeft({ at, count }: Rows, pieces: readonly Piece[]): number[] {
  const left: number[] = [];
  let next = 0;
  for (const { start, end } of [...pieces.filter(({ isFresh }) => !isFresh), { start: count, end: count }]) {
    for (let row = next; row < start; row += 1) left.push(at[row] ?? 0);
    next = end;
  }
  return left;
}
