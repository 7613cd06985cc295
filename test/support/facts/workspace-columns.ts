import type { TimeZone } from '../../../src/domain/calendar/time-zone';
import { buildMonth, toMonth } from '../../../src/domain/columns/build-month';
import { findIncidentColumns } from '../../../src/domain/columns/find-incident-columns';
import type { MergedRow } from '../../../src/domain/columns/merged-row';
import type { WorkspaceColumns } from '../../../src/domain/columns/month-columns';
import { Names } from '../../../src/domain/columns/names';
import { createFindProof } from '../../../src/domain/incidents/find-proof';
import { defaultIncidentRules } from '../../../src/domain/incidents/incident-rules';
import type { MergedPullRequest } from '../../../src/domain/pull-requests/pull-request';
import { mapPhases } from '../../../src/domain/reviews/phase-ledger';
import { reviewDurations, reviewSizes, type ReviewNumbers } from '../../../src/domain/reviews/review-numbers';
import { deploymentsOf } from '../builders';

const withoutNumbers = {
  ...Object.fromEntries([...reviewDurations, ...reviewSizes].map((name) => [name, null])),
  phases: mapPhases(() => 0),
} as ReviewNumbers;

/** The columns of merged pull requests, with their numbers where they have any. */
export function buildWorkspaceColumns(
  pullRequests: readonly (MergedPullRequest & { readonly review?: ReviewNumbers })[],
  timezone: TimeZone = 'UTC',
  rules = defaultIncidentRules,
): WorkspaceColumns {
  const deployments = new Map(
    deploymentsOf([...pullRequests]).map((one) => [`${one.repositoryUuid} ${one.ordinal}`, one]),
  );
  const findProof = createFindProof(rules);
  const rows = pullRequests.map((one): MergedRow => ({
    repositoryUuid: one.repositoryUuid,
    number: one.number,
    mergedAt: one.mergedAt,
    isComplete: one.isComplete,
    teams: one.teams,
    review: one.review ?? withoutNumbers,
    deployment: deployments.get(`${one.repositoryUuid} ${one.number}`) ?? null,
    proof: findProof(one),
  }));
  const names = new Names();
  const months = [...new Set(rows.map(({ mergedAt }) => toMonth(mergedAt)))].sort().map((month) => {
    const ofMonth = rows.filter(({ mergedAt }) => toMonth(mergedAt) === month);
    return buildMonth(month, ofMonth, { names, timezone });
  });
  return { names, timezone, months, incidents: findIncidentColumns({ names, months }, null) };
}
