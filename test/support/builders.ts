import { formatDeployId } from '../../src/domain/deployments/deploy-id';
import type { Incident } from '../../src/domain/incidents/incident';
import type { DeliveryDay } from '../../src/store/deployments/delivery-store';
import type { Deployment } from '../../src/domain/deployments/deployment';
import { findDeployments } from '../../src/domain/deployments/strategies/all-strategies';
import type { Commit } from '../../src/domain/commits/commit';
import type { Person } from '../../src/domain/people/person';
import type { MergedPullRequest, PullRequestSnapshot } from '../../src/domain/pull-requests/pull-request';
import type { PullRequestActivity } from '../../src/domain/pull-requests/pull-request-activity';
import type { CorrectionToMake } from '../../src/store/corrections/correction-store';
import type { Repository } from '../../src/store/repositories/repository-store';

export const aWorkspaceUuid = '{11111111-1111-4111-8111-111111111111}';
export const aRepositoryUuid = '{22222222-2222-4222-8222-222222222222}';

/** The second repository of a workspace, where there is one. */
export const webUuid = '{55555555-5555-4555-8555-555555555555}';

/** 2 March 2026, 12:00 UTC: where what is built below begins. */
export const anInstant = Date.UTC(2026, 2, 2, 12);
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A full commit hash made of a number. */
export function aHash(number: number): string {
  return number.toString(16).padStart(40, '0');
}

export function aPerson(overrides: Partial<Person> = {}): Person {
  return {
    uuid: '{33333333-3333-4333-8333-333333333333}',
    displayName: 'Ada Example',
    accountId: '557058:ada',
    type: 'user',
    ...overrides,
  };
}

/** Opened at `anInstant`, updated an hour later, still open. */
export function aPullRequestSnapshot(overrides: Partial<PullRequestSnapshot> = {}): PullRequestSnapshot {
  return {
    number: 1,
    title: 'Count the drums',
    author: aPerson(),
    state: 'OPEN',
    isDraft: false,
    isQueued: false,
    openedAt: anInstant,
    updatedAt: anInstant + hour,
    closedAt: null,
    source: {
      branch: 'feature/count',
      hash: 'aaaaaaaaaaaa',
      repositoryUuid: aRepositoryUuid,
      repositoryFullName: 'acme/drums',
    },
    destination: {
      branch: 'main',
      hash: 'bbbbbbbbbbbb',
      repositoryUuid: aRepositoryUuid,
      repositoryFullName: 'acme/drums',
    },
    mergeHash: null,
    diffstatUrl: null,
    standing: null,
    reviewers: null,
    ...overrides,
  };
}

/** The same a day later: merged. */
export function aMergedSnapshot(overrides: Partial<PullRequestSnapshot> = {}): PullRequestSnapshot {
  return aPullRequestSnapshot({
    state: 'MERGED',
    updatedAt: anInstant + day,
    mergeHash: 'cccccccccccc',
    ...overrides,
  });
}

export function aMergedPullRequest(overrides: Partial<MergedPullRequest> = {}): MergedPullRequest {
  return {
    repositoryUuid: aRepositoryUuid,
    number: 1,
    title: 'Count the drums',
    sourceBranch: 'feature/count',
    openedAt: anInstant,
    mergedAt: anInstant + day,
    destinationBranch: 'main',
    defaultBranchAtMerge: 'main',
    changes: [{ changeId: aHash(1), createdAt: anInstant - hour }],
    isComplete: true,
    teams: [],
    teamsAsOf: 'merge',
    authorUuid: aPerson().uuid,
    ...overrides,
  };
}

/** Its deployments, each for the teams of its pull request. */
export function deploymentsOf(pullRequests: readonly MergedPullRequest[]): Deployment[] {
  return findDeployments({ merged: pullRequests, teams: [] });
}

/** A hotfix of what the same repository's first pull request broke an hour before. */
export function anIncident(overrides: Partial<Incident> = {}): Incident {
  return {
    incidentId: formatDeployId({ repositoryUuid: aRepositoryUuid, number: 2 }),
    repositoryUuid: aRepositoryUuid,
    createdAt: anInstant + day + hour,
    resolvedAt: anInstant + 2 * day,
    source: 'naming_convention',
    deployId: formatDeployId({ repositoryUuid: aRepositoryUuid, number: 1 }),
    fixDeployId: formatDeployId({ repositoryUuid: aRepositoryUuid, number: 2 }),
    ...overrides,
  };
}

/** The day of the merge of `aMergedPullRequest`. */
export function aDeliveryDay(overrides: Partial<DeliveryDay> = {}): DeliveryDay {
  return {
    day: Math.floor(anInstant / day) + 1,
    digests: { deployments: 'as they were', incidents: 'as they were' },
    deployments: [],
    incidents: [],
    ...overrides,
  };
}

export function aCommit(overrides: Partial<Commit> = {}): Commit {
  return { hash: aHash(1), authoredAt: anInstant - hour, parents: [aHash(0)], ...overrides };
}

/** An approval two hours after the opening. */
export function anActivity(overrides: Partial<PullRequestActivity> = {}): PullRequestActivity {
  const at = overrides.at ?? anInstant + 2 * hour;
  const actor =
    overrides.actor === undefined ? aPerson({ uuid: '{44444444-4444-4444-8444-444444444444}' }) : overrides.actor;
  return {
    key: `approval:${actor?.uuid ?? 'unknown'}:${at}`,
    kind: 'approval',
    isInline: false,
    isDeleted: false,
    state: null,
    sourceHash: null,
    isDraft: null,
    ...overrides,
    at,
    actor,
  };
}

/** A pull request left out by Ada. */
export function aCorrection(overrides: Partial<CorrectionToMake> = {}): CorrectionToMake {
  return {
    kind: 'leave_out_pull_request',
    subject: `${aRepositoryUuid}/pullrequests/1`,
    target: null,
    reason: 'A rehearsal.',
    madeBy: aPerson().uuid,
    madeAt: anInstant,
    ...overrides,
  };
}

export function aRepository(overrides: Partial<Repository> = {}): Repository {
  return {
    workspace: aWorkspaceUuid,
    uuid: aRepositoryUuid,
    slug: 'drums',
    name: 'Drums',
    fullName: 'acme/drums',
    defaultBranch: 'main',
    isPrivate: true,
    readAt: anInstant,
    changeToldAt: null,
    goneAt: null,
    verifiedAt: null,
    problem: null,
    problemSince: null,
    ...overrides,
  };
}
