import { Grower, uuidOf, type GitRepository, type Plan } from './git-world';

export interface Group {
  readonly slug: string;
  /** `null`: a member of whom Bitbucket tells no UUID. */
  readonly members: readonly (string | null)[];
}

export interface SmallWorld {
  readonly uuid: string;
  slug: string;
  readonly growers: readonly Grower[];
  readonly repositories: readonly GitRepository[];
  readonly groups: readonly Group[];
  readonly owners: readonly string[];
  readonly members: readonly string[];
}

/** Everything that can happen to a pull request, once or twice. */
const odd: readonly Plan[] = [
  { how: 'merge' },
  { how: 'squash', isKept: true },
  { how: 'squash', author: 'bob' },
  { how: 'fast-forward', isKept: true },
  { how: 'fast-forward', author: 'cyd' },
  { how: 'merge', isKept: true, catchesUp: true },
  { how: 'fast-forward', isKept: true, catchesUp: true },
  { how: 'fast-forward', catchesUp: true, author: 'bob' },
  { how: 'merge', catchesUp: true },
  { how: 'rebase', isKept: true, commits: 3 },
  { how: 'rebase' },
  { how: 'merge', branch: 'develop', from: 'trunk', isKept: true },
  { how: 'merge', branch: 'inner', from: 'develop', into: 'develop', author: 'bob' },
  { how: 'merge', branch: 'develop', isKept: true, author: 'cyd' },
  { how: 'squash', branch: 'elsewhere', from: 'develop', into: 'develop' },
  { how: 'merge', branch: 'revert-pr-1', author: 'bob' },
  { how: 'squash', branch: 'Revert-PR-3-again', isKept: true },
  { how: 'merge', branch: 'revert-pr-999' },
  { how: 'merge', branch: 'revert-pr-15' },
  { how: 'merge', branch: 'revert-pr-1abc', into: 'develop' },
  { how: 'merge', branch: 'hotfix/ü #1 %25+a?b&c=d', author: 'dan' },
  { how: 'squash', branch: 'HOTFIXTURE', author: 'eve' },
  { how: 'squash', branch: 'plain', title: 'hotfix of nothing' },
  { how: 'merge', fork: 'gone', author: 'eve' },
  { how: 'squash', fork: 'gone' },
  { how: 'merge', fork: 'there', isKept: true, author: 'bob' },
  { how: 'merge', author: null },
  { how: 'squash', hasNoMergeCommit: true },
  { how: 'squash', hasNoMergeCommit: true, isKept: true },
  { how: 'merge', told: 'no merge' },
  { how: 'squash', told: 'nothing', hasNoMergeCommit: true, isKept: true },
  { how: 'open', branch: 'under-way' },
  { how: 'squash', branch: 'on-top', from: 'under-way', isKept: true },
  { how: 'declined' },
];
const usual: readonly Plan[] = Array.from({ length: 24 }, (_, index) => ({
  how: (['merge', 'merge', 'squash', 'rebase', 'fast-forward'] as const)[index % 5] ?? 'merge',
  author: ['ada', 'bob', 'cyd', 'dan'][index % 4] ?? null,
  isKept: index % 3 === 0,
  ...(index % 7 === 5 ? { branch: `hotfix-${index}` } : {}),
}));

/** Three repositories and some sixty pull requests, the last of them merged a few days before `now`. */
export function createSmallWorld(now: number): SmallWorld {
  const start = Math.floor(now / 86_400_000) * 86_400_000 - 95 * 86_400_000;
  const first = new Grower({ slug: 'first-1', name: 'Die "Erste" <&> =1+1', main: 'trunk' }, start, 50);
  for (const plan of odd) first.grow(plan);
  const underWay = first.repository.pullRequests.find(({ branch }) => branch === 'under-way');
  if (underWay !== undefined) first.merge(underWay, 'merge');
  first.grow({ how: 'open', isKept: true });
  const second = new Grower({ slug: 'second', name: 'second, or 2', main: 'release/2 #ü+%?' }, start + 7_000, 60);
  for (const plan of usual) second.grow(plan);
  const empty = new Grower({ slug: 'empty', name: 'empty', main: null }, start, 1);
  const growers = [first, second, empty];
  return {
    uuid: uuidOf('workspace'),
    slug: 'small-world',
    growers,
    repositories: growers.map(({ repository }) => repository),
    owners: ['ada', 'eve'],
    members: ['bob', 'cyd', 'dan'],
    groups: [
      { slug: 'alpha', members: ['ada', 'bob'] },
      { slug: 'beta', members: ['bob', 'cyd'] },
      { slug: 'alone', members: ['dan'] },
      { slug: 'with-somebody', members: ['eve', null] },
    ],
  };
}
