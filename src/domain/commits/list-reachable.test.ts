import { createChance, type Chance } from '../../../simulator/world/random';
import { buildCommitGraph } from './commit-graph';
import type { Commit } from './commit';
import { listReachable } from './list-reachable';

const toHash = (index: number): string => index.toString(16).padStart(40, 'a');

/** Commits of which each has up to two of the ones before it as parents. */
function drawHistory(chance: Chance): Commit[] {
  return Array.from({ length: 40 }, (_, index) => {
    const wanted = index === 0 ? 0 : chance.between(1, 2);
    const parents = Array.from({ length: wanted }, () => toHash(chance.between(Math.max(0, index - 6), index - 1)));
    return { hash: toHash(index), authoredAt: index, parents: [...new Set(parents)] };
  });
}

function reach(history: readonly Commit[], head: string): Set<string> {
  const parents = history.find(({ hash }) => hash === head)?.parents ?? [];
  return new Set([head, ...parents.flatMap((parent) => [...reach(history, parent)])]);
}

const sortHashes = (commits: Iterable<string>): string[] => [...commits].toSorted();

it('lists what a head has and a branch has not, of a graph of what several heads have and the branch has not', () => {
  const chance = createChance(9);
  for (let round = 0; round < 60; round += 1) {
    const history = drawHistory(chance).slice(0, 18);
    const [branch, ...heads] = [0, 1, 2].map(() => toHash(chance.between(0, 17)));
    const ofBranch = reach(history, branch ?? '');
    const outside = history.filter(
      ({ hash }) => !ofBranch.has(hash) && heads.some((head) => reach(history, head).has(hash)),
    );
    const graph = buildCommitGraph({ commits: outside, isWhole: true });
    for (const head of heads) {
      const expected = sortHashes([...reach(history, head)].filter((hash) => !ofBranch.has(hash)));
      const found = listReachable(graph, head.slice(0, 40))?.map(({ hash }) => hash);
      expect(found === undefined ? null : sortHashes(found)).toEqual(expected.length === 0 ? null : expected);
    }
  }
});

it('takes a cut hash, and gives the head first', () => {
  const commits = [0, 1, 2].map((index) => ({
    hash: `${index}`.repeat(40),
    authoredAt: 0,
    parents: index === 0 ? [] : [`${index - 1}`.repeat(40)],
  }));
  const graph = buildCommitGraph({ commits, isWhole: true });
  expect(listReachable(graph, '111111111111')?.map(({ hash }) => hash[0])).toEqual(['1', '0']);
  expect(listReachable(graph, '333333333333')).toBeNull();
});

it('knows nothing where a commit does not tell its parents', () => {
  const commits = [
    { hash: 'b'.repeat(40), authoredAt: 1, parents: ['a'.repeat(40)] },
    { hash: 'a'.repeat(40), authoredAt: 0, parents: null },
  ];
  expect(listReachable(buildCommitGraph({ commits, isWhole: true }), 'b'.repeat(40))).toBeNull();
});
