import type { Deployment } from '../deployments/deployment';
import type { Person } from '../people/person';
import type { MergedPullRequest } from '../pull-requests/pull-request';
import { findBots } from '../reviews/find-bots';
import type { ExclusionRules } from '../settings/exclusion-rules';

type Rules = Pick<ExclusionRules, 'people' | 'repositories'>;

/** What the rules take away. One of a person and of a repository left out is counted with both. */
export interface LeftOutCounts {
  /** For each person left out: pull requests. */
  readonly byPerson: ReadonlyMap<string, number>;
  /** For each repository left out. */
  readonly byRepository: ReadonlyMap<string, { readonly pullRequests: number; readonly deployments: number }>;
}

/**
 * Pull requests, merged or open, without those of people and repositories that are left out, in the given order: as if
 * they had never been, so incidents are found in what is kept. Bots play no part here: their pull requests count.
 */
export function leaveOut<T extends Pick<MergedPullRequest, 'authorUuid' | 'repositoryUuid'>>(
  pullRequests: readonly T[],
  rules: Rules,
): readonly T[] {
  const [people, repositories] = [new Set(rules.people), new Set(rules.repositories)];
  if (people.size + repositories.size === 0) {
    return pullRequests;
  }
  return pullRequests.filter(
    ({ authorUuid, repositoryUuid }) =>
      !repositories.has(repositoryUuid) && (authorUuid === null || !people.has(authorUuid)),
  );
}

/** Uuids of bots and of people left out: nothing that they say of a pull request counts. */
export function findIgnored(people: readonly Person[], { bots, people: leftOut }: ExclusionRules): ReadonlySet<string> {
  return new Set([...findBots(people, bots).all, ...leftOut]);
}

/** What the rules are tried on. */
export interface Countable {
  /** Merged and open ones. */
  readonly pullRequests: readonly Pick<MergedPullRequest, 'authorUuid' | 'repositoryUuid'>[];
  readonly deployments: readonly Pick<Deployment, 'repositoryUuid'>[];
}

/** How much each rule takes away, whatever the others do. */
export function countLeftOut({ pullRequests, deployments }: Countable, rules: Rules): LeftOutCounts {
  const byPerson = new Map(rules.people.map((uuid) => [uuid, 0]));
  const byRepository = new Map(rules.repositories.map((uuid) => [uuid, { pullRequests: 0, deployments: 0 }]));
  for (const { authorUuid, repositoryUuid } of pullRequests) {
    const ofPerson = byPerson.get(authorUuid ?? '');
    if (ofPerson !== undefined) {
      byPerson.set(authorUuid ?? '', ofPerson + 1);
    }
    const ofRepository = byRepository.get(repositoryUuid);
    if (ofRepository !== undefined) {
      ofRepository.pullRequests += 1;
    }
  }
  for (const { repositoryUuid } of deployments) {
    const ofRepository = byRepository.get(repositoryUuid);
    if (ofRepository !== undefined) {
      ofRepository.deployments += 1;
    }
  }
  return { byPerson, byRepository };
}
