import fc from 'fast-check';
import type { Commit } from './commit';
import { buildCommitGraph, resolveHash } from './commit-graph';
import { findCommitsOfMerge } from './find-commits-of-merge';

/** A history in which every commit names its parents by earlier index; hashes look nothing like the order. */
function toHash(index: number): string {
  return ((index * 2_654_435_761) % 4_294_967_296).toString(16).padStart(8, '0').repeat(5);
}

function toCommits(parentsOf: readonly (readonly number[])[]): Commit[] {
  return parentsOf.map((parents, index) => ({
    hash: toHash(index),
    authoredAt: ((index * 7919) % 1000) * 1000,
    parents: parents.map(toHash),
  }));
}

function collectReachable(commits: ReadonlyMap<string, Commit>, from: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const waiting = [...from];
  for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
    if (!reached.has(hash)) {
      reached.add(hash);
      waiting.push(...(commits.get(hash)?.parents ?? []));
    }
  }
  return reached;
}

function findNaively(commits: readonly Commit[], merge: Commit): string[] {
  const byHash = new Map(commits.map((commit) => [commit.hash, commit]));
  const [first, ...others] = merge.parents ?? [];
  const old = collectReachable(byHash, first === undefined ? [] : [first]);
  return [...collectReachable(byHash, others)].filter((hash) => !old.has(hash)).sort();
}

const histories = fc
  .array(fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 60 })
  .map((rows) =>
    rows.map((row, index) =>
      index === 0 ? [] : [...new Set(row.map((value) => Math.max(0, index - 1 - (value % 9))))],
    ),
  );

describe('the commits a merge brought in', () => {
  it('are those of the second parent that the first does not reach, in any history loaded to its end', () => {
    fc.assert(
      fc.property(histories, (rows) => {
        const commits = toCommits(rows);
        const graph = buildCommitGraph({ commits, isWhole: true });
        for (const merge of commits) {
          const answer = findCommitsOfMerge(graph, merge.hash.slice(0, 12));
          const isMerge = (merge.parents?.length ?? 0) > 1;
          expect(answer.kind === 'found' ? answer.commits.map((commit) => commit.hash).sort() : answer.kind).toEqual(
            isMerge ? findNaively(commits, merge) : 'single_parent',
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are never guessed: however far back a history is loaded, the answer is the true one or unknown', () => {
    fc.assert(
      fc.property(histories, fc.array(fc.nat({ max: 59 }), { minLength: 1, maxLength: 3 }), (rows, ends) => {
        const all = toCommits(rows);
        const byHash = new Map(all.map((commit) => [commit.hash, commit]));
        const missing = collectReachable(
          byHash,
          ends.map((end) => toHash(end % rows.length)),
        );
        const loaded = all.filter((commit) => !missing.has(commit.hash));
        const graph = buildCommitGraph({ commits: loaded, isWhole: false });
        for (const merge of all) {
          const answer = findCommitsOfMerge(graph, merge.hash);
          const hashes = answer.kind === 'found' ? answer.commits.map((commit) => commit.hash).sort() : null;
          expect([null, findNaively(all, merge)]).toContainEqual(hashes);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are the same whatever order the history was read in', () => {
    const commits = toCommits([[], [0], [1], [0], [2, 3], [4], [3], [5, 6]]);
    const there = buildCommitGraph({ commits, isWhole: true });
    const back = buildCommitGraph({ commits: [...commits].reverse(), isWhole: true });
    expect(findCommitsOfMerge(there, toHash(7))).toEqual(findCommitsOfMerge(back, toHash(7)));
  });

  it('are known without the old end of the history when the branch was cut in the loaded part', () => {
    // 0 … 3 is the line, 4 and 5 the branch cut from 2; 6 merges it. Only 0 is not loaded.
    const commits = toCommits([[], [0], [1], [2], [2], [4], [3, 5]]);
    const graph = buildCommitGraph({ commits: commits.slice(1), isWhole: false });
    const answer = findCommitsOfMerge(graph, toHash(6));
    expect(answer.kind === 'found' && answer.commits).toEqual([commits[5], commits[4]]);
  });

  it('are unknown when the branch was cut before the loaded part', () => {
    const commits = toCommits([[], [0], [1], [0], [2, 3]]);
    const graph = buildCommitGraph({ commits: commits.slice(1), isWhole: false });
    expect(findCommitsOfMerge(graph, toHash(4))).toEqual({ kind: 'unknown' });
  });

  it('are unknown when the source left out the parents of a commit on the way', () => {
    const commits = toCommits([[], [0], [0], [1, 2]]).map((commit, index) =>
      index === 2 ? { ...commit, parents: null } : commit,
    );
    expect(findCommitsOfMerge(buildCommitGraph({ commits, isWhole: true }), toHash(3))).toEqual({ kind: 'unknown' });
  });

  it('are unknown in a circle, which only a broken source can tell of', () => {
    const commits = toCommits([[2], [0], [1], [0, 1]]);
    expect(findCommitsOfMerge(buildCommitGraph({ commits, isWhole: true }), toHash(3))).toEqual({ kind: 'unknown' });
  });

  it('of an octopus are those of all its parents but the first', () => {
    const commits = toCommits([[], [0], [0], [0], [1, 2, 3]]);
    const answer = findCommitsOfMerge(buildCommitGraph({ commits, isWhole: true }), toHash(4));
    expect(answer.kind === 'found' && new Set(answer.commits)).toEqual(new Set([commits[2], commits[3]]));
  });
});

describe('a shortened hash', () => {
  const commits = ['aaaaaaaaaaaa1', 'aaaaaaaaaaaa2', 'bbbbbbbbbbbb3'].map((start) => ({
    hash: start.padEnd(40, '0'),
    authoredAt: 0,
    parents: [],
  }));
  const graph = buildCommitGraph({ commits, isWhole: true });

  it('names the one commit that begins with it', () => {
    expect(resolveHash(graph, 'bbbbbbbbbbbb')).toBe(commits[2]);
    expect(resolveHash(graph, 'AAAAAAAAAAAA2')).toBe(commits[1]);
    expect(resolveHash(graph, 'bbbbbbbbbbbb3'.padEnd(40, '0'))).toBe(commits[2]);
  });

  it('names none when two begin with it, or none does, or it is too short to mean anything', () => {
    expect(resolveHash(graph, 'aaaaaaaaaaaa')).toBeNull();
    expect(resolveHash(graph, 'cccccccccccc')).toBeNull();
    expect(resolveHash(graph, 'b')).toBeNull();
  });
});

it('a hundred thousand commits with twenty thousand merges are resolved', () => {
  const rows: number[][] = [[]];
  for (let line = 0; rows.length < 100_000;) {
    const cut = Math.max(0, line - 5 * ((rows.length * 31) % 40));
    const branch = [rows.length, rows.length + 1, rows.length + 2, rows.length + 3];
    rows.push([cut], [rows.length], [rows.length + 1], [rows.length + 2], [line, branch[3] ?? 0]);
    line = rows.length - 1;
  }
  const commits = toCommits(rows);
  const graph = buildCommitGraph({ commits, isWhole: true });
  let found = 0;
  for (const merge of commits.filter((commit) => commit.parents?.length === 2)) {
    const answer = findCommitsOfMerge(graph, merge.hash.slice(0, 12));
    found += answer.kind === 'found' ? answer.commits.length : 0;
  }
  expect(found).toBeGreaterThanOrEqual(80_000);
});
