import path from 'node:path';
import { walkCommits } from '../commit-graph';
import { loadHistory, readHistoryLines } from './load-history';
import type { PullRequest, Repository, World } from '../model';

const shared = process.env['DRUMBEAT_SHARED'] ?? path.resolve(__dirname, '../../../../shared');
const file = path.join(shared, 'history/merged-pull-requests-2018-2019.ndjson');

function repositoryOf(world: World): Repository {
  const repository = [...(world.workspaces[0]?.repositories.values() ?? [])][0];
  if (repository === undefined) throw new Error('The history has no repository.');
  return repository;
}

/** Whether what a true merge's second parent reaches and its first does not is what the pull request lists. */
function bringsWhatItLists(repository: Repository, { mergeHash, commits }: PullRequest): boolean {
  const [first, second] = repository.commits.get(mergeHash ?? '')?.parents ?? [];
  if (first === undefined || second === undefined) {
    return true;
  }
  const brought = walkCommits(repository, { include: [second], exclude: [first] }).map(({ hash }) => hash);
  expect(brought).toStrictEqual(expect.arrayContaining([...commits]));
  return brought.length === commits.length;
}

describe('The real history', () => {
  const repository = repositoryOf(loadHistory(file));
  const pullRequests = [...repository.pullRequests.values()];

  it('has every number once, with the later of two merges', () => {
    const lines = readHistoryLines(file);
    expect(pullRequests).toHaveLength(lines.length);
    expect(lines).toHaveLength(613);
    expect(repository.pullRequests.get(365)?.mergeHash).toBe(lines.find(({ pr }) => pr === 365)?.merge_commit);
  });

  it('brings with nearly every true merge exactly the commits that the file lists, and never fewer', () => {
    const differing = pullRequests.filter((one) => !bringsWhatItLists(repository, one));
    expect(differing.length).toBeLessThanOrEqual(6);
  });

  it('keeps the branches of some, and can be moved to end now', () => {
    expect(pullRequests.some(({ closeSourceBranch }) => !closeSourceBranch)).toBe(true);
    const now = Date.UTC(2026, 10, 20);
    const moved = repositoryOf(loadHistory(file, { shiftTo: now }));
    expect(now - moved.updatedAt).toBeGreaterThanOrEqual(0);
    expect(now - moved.updatedAt).toBeLessThan(7 * 86_400_000);
    expect((moved.updatedAt - repository.updatedAt) % (7 * 86_400_000)).toBe(0);
  });

  it('merges everything into the main branch when asked to', () => {
    const all = repositoryOf(loadHistory(file, { destinations: 'main' }));
    expect([...all.pullRequests.values()].every(({ destination }) => destination.branch === all.mainBranch)).toBe(true);
  });
});
