import { reachFrom, walkCommits } from '../commit-graph';
import { createLargeWorld, createSampleWorld } from './sample-world';
import { isBot } from '../people';
import type { Act, CommentActivity, PullRequest, Repository, UpdateActivity, World } from '../model';

const now = Date.UTC(2026, 10, 20, 15, 30);
const world = createSampleWorld(7, now);

function repositoriesOf(from: World): Repository[] {
  return from.workspaces.flatMap(({ repositories }) => [...repositories.values()]);
}

function toText(from: World): string {
  return JSON.stringify(from, (_key, value: unknown) => (value instanceof Map ? [...value] : value));
}

/** What the second parent of a merge reaches and its first does not. */
function listBrought(repository: Repository, mergeHash: string): string[] {
  const [first = '', second = ''] = repository.commits.get(mergeHash)?.parents ?? [];
  return walkCommits(repository, { include: [second], exclude: [first] })
    .map(({ hash }) => hash)
    .sort();
}

const isUpdate = (activity: Act): activity is UpdateActivity => activity.kind === 'update';
const isComment = (activity: Act): activity is CommentActivity => activity.kind === 'comment';

const repositories = repositoriesOf(world);
const pullRequests = repositories.flatMap((one) => [...one.pullRequests.values()]);

describe('The sample world', () => {
  it('is the same for the same seed and instant, and another for another seed', () => {
    expect(toText(createSampleWorld(7, now))).toBe(toText(world));
    expect(toText(createSampleWorld(8, now))).not.toBe(toText(world));
  });

  it('has eight repositories with some three thousand pull requests over eighteen months', () => {
    expect(repositories).toHaveLength(8);
    expect(pullRequests.length).toBeGreaterThan(2700);
    expect(pullRequests.length).toBeLessThan(3300);
    const oldest = Math.min(...pullRequests.map(({ createdAt }) => createdAt));
    expect(now - oldest).toBeGreaterThan(530 * 86_400_000);
    expect(pullRequests.every(({ updatedAt }) => updatedAt < now)).toBe(true);
  });

  it('has open, merged, declined and superseded pull requests', () => {
    const states = new Set(pullRequests.map(({ state }) => state));
    expect([...states].sort()).toStrictEqual(['DECLINED', 'MERGED', 'OPEN', 'SUPERSEDED']);
    expect(pullRequests.filter(({ state }) => state === 'OPEN').length).toBeGreaterThan(15);
  });

  it('has reverts of merged pull requests, a bad release among them, and hotfixes', () => {
    const payments = repositories.find(({ slug }) => slug === 'payments');
    const reverts = [...(payments?.pullRequests.values() ?? [])].filter(({ source }) =>
      source.branch.startsWith('revert-pr-'),
    );
    const targets = reverts.map(({ source }) => payments?.pullRequests.get(Number(source.branch.slice(10))));
    expect(targets.every((target) => target?.state === 'MERGED')).toBe(true);
    const afterBadRelease = reverts.filter(
      ({ createdAt }) => Math.abs(createdAt - (now - 38 * 86_400_000 + 9 * 3_600_000)) < 3_600_000,
    );
    expect(afterBadRelease.length).toBeGreaterThanOrEqual(4);
    expect(pullRequests.some(({ source }) => source.branch.startsWith('hotfix/'))).toBe(true);
  });

  it('has little work on weekends and none but a little on Christmas', () => {
    const weekend = pullRequests.filter(({ createdAt }) => [0, 6].includes(new Date(createdAt).getUTCDay()));
    expect(weekend.length / pullRequests.length).toBeLessThan(0.08);
    const christmas = pullRequests.filter(
      ({ createdAt }) => new Date(createdAt).toISOString().slice(5, 10) === '12-25',
    );
    expect(christmas.length).toBeLessThanOrEqual(3);
  });

  it('has drafts that became ready before anything else, and drafts that are open', () => {
    const isReady = ({ activities }: PullRequest) => {
      const [first, next] = activities.filter(isUpdate);
      return first?.isDraft === true && next?.isDraft === false && next.state === 'OPEN';
    };
    const drafts = pullRequests.filter(({ activities }) =>
      activities.some((activity) => isUpdate(activity) && activity.isDraft),
    );
    expect(drafts.length).toBeGreaterThan(120);
    expect(drafts.filter(isReady).length).toBeGreaterThan(100);
    const open = drafts.filter(({ state, isDraft }) => state === 'OPEN' && isDraft);
    expect(open.length).toBeGreaterThan(0);
    expect(open.every(({ activities }) => activities.filter(isUpdate).every(({ isDraft }) => isDraft))).toBe(true);
  });

  it('has changes requests that were followed by pushes, inline and general comments', () => {
    const isAnswered = ({ activities }: PullRequest) => {
      const asked = activities.findIndex(({ kind }) => kind === 'changes_request');
      return asked >= 0 && activities.slice(asked).some((activity) => isUpdate(activity) && activity.state === 'OPEN');
    };
    expect(pullRequests.filter(isAnswered).length).toBeGreaterThan(50);
    const comments = pullRequests.flatMap(({ activities }) => activities.filter(isComment));
    const inline = comments.filter((activity) => activity.inline !== null).length / comments.length;
    expect(inline).toBeGreaterThan(0.5);
    expect(inline).toBeLessThan(0.8);
    expect(comments.some(({ isDeleted }) => isDeleted)).toBe(true);
  });

  it('has bots that comment, one of them an account that looks like a person', () => {
    const bots = [...(world.workspaces[0]?.people.values() ?? [])].filter(isBot);
    expect(bots.map(({ displayName, kind }) => `${kind} ${displayName}`)).toStrictEqual([
      'app_user Renovate Bot',
      'app_user Release Pipeline',
      'user Coverage Bot',
    ]);
    const authors = pullRequests.flatMap(({ activities }) =>
      activities.filter(isComment).map(({ actorUuid }) => actorUuid),
    );
    const counts = bots.map(({ uuid }) => authors.filter((author) => author === uuid).length);
    expect(counts.slice(1).every((count) => count > 100)).toBe(true);
  });

  it('has open work in every phase, to other branches too, from today to months ago', () => {
    const open = pullRequests.filter(({ state }) => state === 'OPEN');
    const isApproved = ({ activities }: PullRequest) => activities.some(({ kind }) => kind === 'approval');
    const isReviewed = ({ activities }: PullRequest) =>
      activities.some(
        (activity) => activity.kind === 'changes_request' || (isComment(activity) && activity.inline !== null),
      );
    const isUntouched = ({ activities }: PullRequest) => activities.every(isUpdate);
    expect(open.filter(isApproved).length).toBeGreaterThanOrEqual(5);
    expect(open.filter((one) => !isApproved(one) && isReviewed(one)).length).toBeGreaterThanOrEqual(3);
    expect(open.filter(isUntouched).length).toBeGreaterThanOrEqual(3);
    expect(open.filter(({ destination }) => destination.branch === 'release/stable').length).toBeGreaterThan(0);
    const days = open.map(({ createdAt }) => (now - createdAt) / 86_400_000);
    const ages = [2, 30, 180].map((limit) => days.filter((age) => age < limit).length);
    expect(ages.every((count, index) => count > (ages[index - 1] ?? 0))).toBe(true);
    expect(Math.max(...days)).toBeGreaterThan(120);
    const branches = repositories.flatMap((one) =>
      [...one.pullRequests.values()].filter(
        ({ state, source }) => state === 'OPEN' && source.fork === null && !one.branches.has(source.branch),
      ),
    );
    expect(branches).toStrictEqual([]);
  });

  it('has several owners, among them whoever looks at the pages', () => {
    const [acme] = world.workspaces;
    expect(acme?.administratorUuids).toHaveLength(3);
    expect(acme?.administratorUuids).toContain(acme?.ownerUuid);
  });

  it('has overlapping groups and a group of one', () => {
    const groups = world.workspaces[0]?.groups ?? [];
    const memberships = groups.flatMap(({ memberUuids }) => memberUuids);
    expect(new Set(memberships).size).toBeLessThan(memberships.length);
    expect(groups.filter(({ memberUuids }) => memberUuids.length === 1)).toHaveLength(1);
  });

  it('names every parent of every commit, and no commit is younger than the merge that brought it', () => {
    for (const repository of repositories) {
      const commits = [...repository.commits.values()];
      expect(commits.every(({ parents }) => parents.every((parent) => repository.commits.has(parent)))).toBe(true);
    }
    const merged = pullRequests.filter(({ state }) => state === 'MERGED');
    expect(merged.every(({ activities, createdAt }) => activities.every(({ at }) => at >= createdAt))).toBe(true);
  });

  it('knows no parts of milliseconds, and no parts of seconds in commits', () => {
    const instants = pullRequests.flatMap(({ createdAt, updatedAt, activities }) => [
      createdAt,
      updatedAt,
      ...activities.map(({ at }) => at),
    ]);
    expect(instants.every(Number.isInteger)).toBe(true);
    const commits = repositories.flatMap((one) => [...one.commits.values()]);
    expect(commits.every(({ authoredAt, committedAt }) => authoredAt % 1000 === 0 && committedAt % 1000 === 0)).toBe(
      true,
    );
  });

  it('keeps the activities in their order, with one merge each', () => {
    for (const { activities, state } of pullRequests) {
      expect([...activities].sort((one, other) => one.at - other.at)).toStrictEqual(activities);
      const merges = activities.filter((activity) => activity.kind === 'update' && activity.state === 'MERGED');
      expect(merges).toHaveLength(state === 'MERGED' ? 1 : 0);
    }
  });

  it('brings with a true merge exactly the commits of the pull request', () => {
    const merging = repositories.filter(({ strategy }) => strategy === 'merge_commit');
    expect(merging).toHaveLength(2);
    for (const repository of merging) {
      const merged = [...repository.pullRequests.values()].filter(
        ({ mergeHash, id }) => mergeHash !== null && id % 10 === 0,
      );
      const brought = merged.map(({ mergeHash }) => listBrought(repository, mergeHash ?? ''));
      expect(brought).toStrictEqual(merged.map(({ commits }) => [...commits].sort()));
    }
  });

  it('has every merge on its destination branch', () => {
    for (const repository of repositories) {
      const reached = new Map([...repository.branches].map(([name, head]) => [name, head]));
      const main = reachFrom(repository, [reached.get(repository.mainBranch ?? '') ?? '']);
      const merged = [...repository.pullRequests.values()].filter(
        ({ destination }) => destination.branch === repository.mainBranch,
      );
      expect(merged.every(({ mergeHash }) => mergeHash === null || main.has(mergeHash))).toBe(true);
    }
  });
});

describe('A large world', () => {
  it.each(['merge_commit', 'squash', 'fast_forward', 'rebase'] as const)(
    'has as many pull requests as asked: %s',
    (strategy) => {
      const large = createLargeWorld({ pullRequests: 500, repositories: 3, strategy, now });
      const found = repositoriesOf(large);
      expect(found).toHaveLength(3);
      expect(found.reduce((sum, one) => sum + one.pullRequests.size, 0)).toBe(500);
    },
  );
});
