import { mapReviewMetrics, reviewMetrics } from '../reviews/review-metrics';
import { compareText } from '../compare-text';
import { millisecondsPerDay, toLocalDate } from '../calendar/civil-day';
import type { TimeZone } from '../calendar/time-zone';
import { formatDeployId } from '../deployments/deploy-id';
import { incidentSources } from '../incidents/incident';
import type { IncidentProof } from '../incidents/incident-proof';
import type { Instant } from '../instant';
import { mapPhases } from '../reviews/phase-ledger';
import { cutIntoDays } from './day-runs';
import type { MergedRow } from './merged-row';
import type { DeploymentColumns, MergeColumns, MonthColumns, ProofColumns, Rows } from './month-columns';
import type { Names } from './names';
import { toNarrow } from './narrow';
import { packColumn } from './packed-column';

/** What all columns of a workspace share. */
export interface ColumnContext {
  readonly names: Names;
  readonly timezone: TimeZone;
}

/** The first instant of a UTC month `YYYY-MM`. */
export function findMonthStart(month: string): Instant {
  const [year = 0, ordinal = 1] = month.split('-').map(Number);
  return Date.UTC(year, ordinal - 1, 1);
}

/** The UTC month `YYYY-MM` of an instant. */
export function toMonth(at: Instant): string {
  return toLocalDate(Math.floor(at / millisecondsPerDay)).slice(0, 7);
}

/** @param rows of that month, in any order, each pull request once */
export function buildMonth(month: string, rows: readonly MergedRow[], context: ColumnContext): MonthColumns {
  const startAt = findMonthStart(month);
  const ordered = rows.toSorted(compareRows);
  const deployed = ordered.filter(({ deployment }) => deployment !== null);
  return {
    month,
    startAt,
    merges: buildMerges(ordered, startAt, context.names),
    deployments: buildDeployments(deployed, startAt, context),
  };
}

/** By the moment of the merge, then by id as text. */
function compareRows(one: MergedRow, other: MergedRow): number {
  return one.mergedAt - other.mergedAt || compareText(formatDeployId(one), formatDeployId(other));
}

function buildRows(rows: readonly MergedRow[], startAt: Instant, names: Names): Rows {
  return {
    count: rows.length,
    at: Uint32Array.from(rows, (row) => row.mergedAt - startAt),
    system: toNarrow(rows.map((row) => names.toSystem(row.repositoryUuid))),
    teamSet: toNarrow(rows.map((row) => names.toTeamSet(row.teams))),
    number: toNarrow(rows.map((row) => row.number)),
    isComplete: Uint8Array.from(rows, (row) => Number(row.isComplete)),
  };
}

function buildMerges(rows: readonly MergedRow[], startAt: Instant, names: Names): MergeColumns {
  return {
    ...buildRows(rows, startAt, names),
    metrics: mapReviewMetrics((key) => {
      const { unit, of } = reviewMetrics[key];
      const toNumber = unit === 'seconds' ? toMilliseconds : (count: number | null) => count ?? Number.NaN;
      return packColumn(rows.map((row) => toNumber(of(row))));
    }),
    phases: mapPhases((phase) => packColumn(rows.map(({ review }) => toMilliseconds(review.phases[phase])))),
    proofs: buildProofs(rows),
  };
}

/** Seconds of whole milliseconds; dividing by 1,000 gives them back exactly. */
function toMilliseconds(seconds: number | null): number {
  return seconds === null ? Number.NaN : Math.round(seconds * 1000);
}

function buildProofs(rows: readonly MergedRow[]): ProofColumns {
  return toProofColumns(rows.flatMap(({ proof }, row) => (proof === null ? [] : [{ ...proof, row }])));
}

/** @param found with the rows of the merges, ascending */
export function toProofColumns(found: readonly (IncidentProof & { readonly row: number })[]): ProofColumns {
  return {
    row: Uint32Array.from(found, ({ row }) => row),
    source: Uint8Array.from(found, ({ source }) => incidentSources.indexOf(source)),
    revertedNumber: Uint32Array.from(found, ({ revertedNumber }) => revertedNumber ?? 0),
    startedAt: Float64Array.from(found, ({ startedAt }) => startedAt),
  };
}

function buildDeployments(
  rows: readonly MergedRow[],
  startAt: Instant,
  { names, timezone }: ColumnContext,
): DeploymentColumns {
  const leads = rows.map(({ deployment, mergedAt }) =>
    (deployment?.changes ?? []).map(({ createdAt }) => mergedAt - createdAt),
  );
  const counted = leads.map((some) => some.filter((lead) => lead >= 0));
  const columns = {
    ...buildRows(rows, startAt, names),
    changeCount: toNarrow(counted.map(({ length }) => length)),
    excludedCount: toNarrow(leads.map((some, row) => some.length - (counted[row]?.length ?? 0))),
  };
  const cut = { ...columns, leads: Float64Array.from(counted.flat()) };
  return { ...columns, days: cutIntoDays(cut, { startAt, timezone }) };
}
