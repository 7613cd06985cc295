import { mapReviewMetrics, type ReviewMetricKey, reviewMetrics } from '../../reviews/review-metrics';
import type { Phase } from '../../reviews/phase';
import { mapPhases } from '../../reviews/phase-ledger';
import type { ReviewedPullRequest } from '../../reviews/review-numbers';
import { flattenTeams, toIndex, type TeamColumns, type TeamsOf } from '../columns/flatten';
import type { FilterNames } from '../columns/select-rows';

/** Merged pull requests as columns: what Changes & Reviews is computed from. Ascending by `mergedAt`. */
export interface ReviewColumns extends FilterNames, TeamColumns {
  readonly mergedAt: Float64Array;
  readonly system: Uint32Array;
  readonly isComplete: Uint8Array;
  /** Seconds or counts; NaN: there is none. */
  readonly metrics: Readonly<Record<ReviewMetricKey, Float64Array>>;
  /** Seconds. */
  readonly phases: Readonly<Record<Phase, Float64Array>>;
}

export interface ReviewFacts {
  /** In the order of the rows: by the moment of the merge, then by id as text. */
  readonly pullRequests: readonly ReviewedPullRequest[];
  readonly teamsOf: TeamsOf;
}

export function buildReviewColumns({ pullRequests, teamsOf }: ReviewFacts): ReviewColumns {
  const systems = new Map<string, number>();
  const teams = new Map<string, number>();
  return {
    mergedAt: computeColumn(pullRequests, (row) => row.mergedAt),
    system: Uint32Array.from(pullRequests, (row) => toIndex(systems, row.repositoryUuid)),
    isComplete: Uint8Array.from(pullRequests, (row) => Number(row.isComplete)),
    metrics: mapReviewMetrics((key) => computeColumn(pullRequests, (row) => reviewMetrics[key].of(row) ?? Number.NaN)),
    phases: mapPhases((phase) => computeColumn(pullRequests, ({ review }) => review.phases[phase])),
    ...flattenTeams(
      pullRequests.map((row) => teamsOf(row)),
      teams,
    ),
    systems: [...systems.keys()],
    teams: [...teams.keys()],
  };
}

/** By a loop: `Float64Array.from` goes through an iterator, which costs more than all else at a million rows. */
function computeColumn(
  pullRequests: readonly ReviewedPullRequest[],
  toValue: (row: ReviewedPullRequest) => number,
): Float64Array {
  const column = new Float64Array(pullRequests.length);
  pullRequests.forEach((row, index) => {
    column[index] = toValue(row);
  });
  return column;
}
