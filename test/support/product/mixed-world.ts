import { createSampleGroups, createSampleStaff } from '../../../simulator/world/people';
import { createRepository, growRepository } from '../../../simulator/world/growth/grow-repository';
import { createChance, uuidOf, type Chance } from '../../../simulator/world/random';
import { createWorkspace } from '../../../simulator/world/growth/sample-world';
import type { MergeStrategy, PullRequest, Repository, World } from '../../../simulator/world/model';

const day = 86_400_000;
/** Long ago by any clock: what happened before the install is history. */
export const mixedNow = Date.UTC(2024, 5, 14, 12);

export interface MixedWorld {
  readonly seed: number;
  /** Of each repository. */
  readonly pullRequests: number;
  readonly days?: number;
  readonly strategies?: readonly MergeStrategy[];
}

const allStrategies: readonly MergeStrategy[] = ['merge_commit', 'squash', 'fast_forward', 'rebase'];

/**
 * A workspace with a repository for each way of merging, an empty one and one without pull requests, and with
 * everything odd that Bitbucket has: deleted forks, unknown authors, merges without a merge commit, kept branches.
 */
export function createMixedWorld(size: MixedWorld): World {
  const staff = createSampleStaff();
  const { seed, days = 200, strategies = allStrategies } = size;
  const grown = strategies.map((strategy, index) => {
    const slug = `${strategy.replace('_', '-')}-${index + 1}`;
    const chance = createChance(seed * 100 + index);
    const repository = growRepository(
      {
        slug,
        name: `The ${slug} system`,
        language: 'go',
        mainBranch: index === 1 ? 'master' : 'main',
        strategy,
        pullRequests: size.pullRequests,
        from: mixedNow - days * day,
        now: mixedNow,
        authors: staff.staff.slice(index * 4, index * 4 + 9),
        bots: staff.bots,
        former: staff.former,
        badReleaseAt: mixedNow - 20 * day,
      },
      chance,
    );
    makeOdd(repository, chance);
    return repository;
  });
  const repositories = [...grown, createBare('empty'), createBare('quiet')];
  const groups = createSampleGroups(staff.staff);
  return {
    seed,
    workspaces: [createWorkspace('acme', { name: 'Acme', staff, groups, repositories, now: mixedNow })],
  };
}

function createBare(slug: string): Repository {
  return createRepository({ slug, name: slug, language: '', strategy: 'squash', from: mixedNow - 300 * day });
}

function makeOdd(repository: Repository, chance: Chance): void {
  for (const pullRequest of repository.pullRequests.values()) {
    if (pullRequest.state !== 'MERGED') continue;
    if (chance.happens(0.06)) leaveFork(repository, pullRequest, chance.happens(0.6));
    if (chance.happens(0.03)) pullRequest.mergeHash = null;
    if (chance.happens(0.05)) (pullRequest as { authorUuid: string | null }).authorUuid = null;
    if (chance.happens(0.1)) pullRequest.closedByUuid = null;
    if (chance.happens(0.1)) repository.branches.delete(pullRequest.source.branch);
  }
}

function leaveFork(repository: Repository, pullRequest: PullRequest, isForkGone: boolean): void {
  const { branch, hash } = pullRequest.source;
  const fullName = `somebody/${repository.slug}`;
  const fork = { uuid: uuidOf(fullName), fullName, name: repository.name };
  (pullRequest as { source: PullRequest['source'] }).source = { branch, hash, fork, isForkGone };
  repository.branches.delete(branch);
}
