import { buildMonth, toMonth } from '../../../src/domain/columns/build-month';
import type { MergedRow } from '../../../src/domain/columns/merged-row';
import { Names } from '../../../src/domain/columns/names';
import type { Correction } from '../../../src/domain/corrections/correction';
import { findIgnored, leaveOut } from '../../../src/domain/corrections/leave-out';
import { computeDeliveries } from './compute-deliveries';
import { formatDeployId } from '../../../src/domain/deployments/deploy-id';
import { findLaterDeployments } from '../../../src/domain/deployments/find-later-deployments';
import { createFindProof } from '../../../src/domain/incidents/find-proof';
import { computeReviewNumbers } from '../../../src/domain/reviews/compute-review-numbers';
import { createTeamsOf } from '../../../src/domain/teams/team-membership';
import type { Stores } from '../../../src/store/stores';
import { describeColumns } from './describe-columns';

/** What columns of a workspace have to say, worked out from all of its facts at once by the definitions alone. */
export async function defineColumns(stores: Stores, workspace: string) {
  const months = await stores.pullRequests.listMonths(workspace);
  const read = await Promise.all(months.map(({ month }) => stores.pullRequests.readMerged(workspace, month)));
  const people = await stores.people.list(workspace);
  const settings = await stores.settings.get(workspace);
  const facts = {
    recorded: read.flat(),
    settings,
    teams: await stores.teams.list(workspace),
    ignored: findIgnored(people, settings.exclusions),
  };
  const corrections = (await stores.corrections.list(workspace)).filter(({ undoneAt }) => undoneAt === null);
  const corrected = define(facts, corrections);
  return {
    corrected: corrected.described,
    raw: define(facts, []).described,
    effective: [...corrected.effective].sort(),
    repositories: [...new Set(facts.recorded.map(({ repositoryUuid }) => repositoryUuid))].sort(),
    ignored: [...facts.ignored].sort(),
    people: people.length,
  };
}

type Facts = Pick<Parameters<typeof computeDeliveries>[0], 'settings' | 'teams'> & {
  readonly recorded: Awaited<ReturnType<Stores['pullRequests']['readMerged']>>;
  readonly ignored: ReadonlySet<string>;
};

function define({ recorded, settings, teams, ignored }: Facts, corrections: readonly Correction[]) {
  const merged = leaveOut(recorded, settings.exclusions);
  const found = computeDeliveries({ settings, teams, corrections, merged });
  const later = findLaterDeployments(found.pullRequests, found.deployments);
  const deployments = new Map(found.deployments.map((one) => [one.deployId, one]));
  const [teamsOf, findProof] = [createTeamsOf(teams), createFindProof(settings.incidentRules)];
  const rows = found.pullRequests.map((one): MergedRow => ({
    ...one,
    teams: teamsOf(one),
    review: computeReviewNumbers(one, { ignored, deployedAt: later.get(one)?.createdAt ?? null }),
    deployment: deployments.get(formatDeployId(one)) ?? null,
    proof: findProof(one),
  }));
  const incidents = found.incidents.map(({ incidentId, createdAt, resolvedAt, source, deployId }) => ({
    ...{ incidentId, createdAt, resolvedAt, source, deployId },
  }));
  return {
    described: { ...describeRows(rows, settings.timezone), incidents: sortById(incidents) },
    effective: found.effective,
  };
}

function describeRows(rows: readonly MergedRow[], timezone: string) {
  const names = new Names();
  const months = [...new Set(rows.map(({ mergedAt }) => toMonth(mergedAt)))].sort().map((month) =>
    buildMonth(
      month,
      rows.filter(({ mergedAt }) => toMonth(mergedAt) === month),
      { names, timezone },
    ),
  );
  return describeColumns({ names, timezone, months, incidents: new Map() });
}

/** Incidents are compared by what they say, in one order. */
export function sortById<T extends { readonly incidentId: string }>(incidents: readonly T[]): T[] {
  return incidents.toSorted((one, other) => (one.incidentId < other.incidentId ? -1 : 1));
}
