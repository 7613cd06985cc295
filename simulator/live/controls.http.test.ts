import { createEmptyWorld } from '../world/growth/sample-world';
import { startSimulator, type Simulator } from '../simulator';
import { startTestApp, testAppKey, type TestApp } from '../test-app';
import { startLive } from '../live';
import type { SimulatorNotice } from '../connect/deliver-notice';

let simulator: Simulator;
let app: TestApp;
let now = Date.UTC(2026, 10, 20, 12);

beforeEach(async () => {
  app = await startTestApp();
  simulator = await startSimulator({
    world: createEmptyWorld(),
    appKey: testAppKey,
    clock: { now: () => (now += 1000) },
  });
  simulator.repositories.createRepository({ slug: 'shop' });
});

afterEach(async () => {
  await simulator.close();
  await app.close();
});

const shop = { repository: 'shop' };

function open(): number {
  return simulator.pullRequests.openPullRequest({ ...shop, by: 'Ben Author', commits: [{}, {}] }).pullRequest.id;
}

function keysOf(notices: readonly SimulatorNotice[]): string[] {
  return notices.map(({ eventKey }) => eventKey);
}

function dataOf(notice: SimulatorNotice | undefined): Record<string, unknown> {
  return (JSON.parse(notice?.body ?? '{"data":{}}') as { data: Record<string, unknown> }).data;
}

describe('The controls', () => {
  it('tell of the push and the deleted branch before the merge', () => {
    const notices = simulator.pullRequests.merge({ ...shop, id: open(), strategy: 'squash' });
    expect(keysOf(notices)).toStrictEqual(['repo:push', 'repo:push', 'pullrequest:fulfilled']);
    expect(dataOf(notices[1])).toMatchObject({
      push: { changes: [{ new: null, closed: true, old: { name: 'feature/1' } }] },
    });
    expect(dataOf(notices[2])).toMatchObject({ pullrequest: { state: 'MERGED', merge_commit: { type: 'commit' } } });
  });

  it.each([
    ['merge_commit', 2, 3],
    ['squash', 1, 1],
    ['fast_forward', 1, 2],
    ['rebase', 1, 2],
  ] as const)('merge by %s', (strategy, parents, brought) => {
    const id = open();
    const [push] = simulator.pullRequests.merge({ ...shop, id, strategy });
    const { repository } = simulator.room.enter(shop);
    const pullRequest = repository.pullRequests.get(id);
    expect(repository.commits.get(pullRequest?.mergeHash ?? '')?.parents).toHaveLength(parents);
    const [change] = (dataOf(push)['push'] as { changes: { commits: unknown[] }[] }).changes;
    expect(change?.commits).toHaveLength(brought);
  });

  it('list five commits of a push at most, and say that there are more', () => {
    const id = open();
    const [push] = simulator.pullRequests.push({ ...shop, id, commits: Array.from({ length: 7 }, () => ({})) });
    expect(dataOf(push)).toMatchObject({ push: { changes: [{ truncated: true }] } });
    expect((dataOf(push)['push'] as { changes: { commits: unknown[] }[] }).changes[0]?.commits).toHaveLength(5);
  });

  it('replace the commits at a forced push', () => {
    const id = open();
    simulator.pullRequests.push({ ...shop, id, force: true, commits: [{ message: 'Only this' }] });
    expect(simulator.room.enter(shop).repository.pullRequests.get(id)?.commits).toHaveLength(1);
  });

  it('tell of a push to a source branch, and of a fork’s branch by one notice alone', () => {
    const own = simulator.pullRequests.push({ ...shop, id: open() });
    expect(keysOf(own)).toStrictEqual(['repo:push', 'pullrequest:updated', 'pullrequest:push']);
    const { pullRequest, notices } = simulator.pullRequests.openPullRequest({ ...shop, fork: 'ben/shop' });
    expect(keysOf(notices)).toStrictEqual(['pullrequest:created']);
    expect(dataOf(notices[0])).toMatchObject({
      pullrequest: { source: { repository: { full_name: 'ben/shop' } }, destination: { branch: { name: 'main' } } },
    });
    const { source } = pullRequest;
    const before = source.hash;
    expect(keysOf(simulator.pullRequests.push({ ...shop, id: pullRequest.id }))).toStrictEqual(['pullrequest:push']);
    expect([source.hash === before, pullRequest.commits.length]).toStrictEqual([false, 2]);
    expect(simulator.room.enter(shop).repository.branches.has(source.branch)).toBe(false);
  });

  it('resolve a thread of comments and open it again', () => {
    const on = { ...shop, id: open() };
    const { comments } = simulator.pullRequests;
    const { id: commentId } = comments.comment(on);
    const resolved = comments.resolveComment({ ...on, commentId, by: 'Ben Author' });
    expect(dataOf(resolved[0])).toMatchObject({ comment: { resolution: { user: { display_name: 'Ben Author' } } } });
    const reopened = comments.reopenComment({ ...on, commentId });
    expect(dataOf(reopened[0])).not.toMatchObject({ comment: { resolution: {} } });
    expect(keysOf([...resolved, ...reopened])).toStrictEqual([
      'pullrequest:comment_resolved',
      'pullrequest:comment_reopened',
    ]);
  });

  it('move the repository with pushes and pull requests, and with comments where that is the habit', () => {
    const { repository, workspace } = simulator.room.enter(shop);
    const id = open();
    const moved = (act: () => unknown): boolean => {
      const before = repository.updatedAt;
      act();
      return repository.updatedAt > before;
    };
    const { pullRequests, repositories } = simulator;
    const comment = (): unknown => pullRequests.comment({ ...shop, id });
    expect(moved(comment)).toBe(true);
    workspace.habits.commentsMove = 'pull request alone';
    expect(moved(comment)).toBe(false);
    expect(moved(() => pullRequests.approve({ ...shop, id }))).toBe(true);
    expect(moved(() => repositories.commit({ ...shop, branch: 'main' }))).toBe(true);
    expect(moved(() => pullRequests.merge({ ...shop, id }))).toBe(true);
    expect(moved(() => pullRequests.decline({ ...shop, id: open() }))).toBe(true);
  });

  it('take an approval back', () => {
    const doing = { ...shop, id: open(), by: 'Cleo Reviewer' };
    expect(keysOf(simulator.pullRequests.approve(doing))).toStrictEqual(['pullrequest:approved']);
    const withdrawn = simulator.pullRequests.unapprove(doing);
    expect(keysOf(withdrawn)).toStrictEqual(['pullrequest:unapproved']);
    expect(dataOf(withdrawn[0])).toMatchObject({ approval: { user: { display_name: 'Cleo Reviewer' } } });
    const activities = simulator.room.enter(shop).repository.pullRequests.get(doing.id)?.activities ?? [];
    expect(activities.map(({ kind }) => kind)).toStrictEqual(['update']);
  });

  it('move `updated_on` when somebody comments after the merge', () => {
    const id = open();
    simulator.pullRequests.merge({ ...shop, id });
    const pullRequest = simulator.room.enter(shop).repository.pullRequests.get(id);
    const mergedAt = pullRequest?.updatedAt ?? 0;
    simulator.pullRequests.comment({ ...shop, id });
    expect(pullRequest?.updatedAt).toBeGreaterThan(mergedAt);
  });

  it('rename a repository, keep its uuid and tell both names', () => {
    const { uuid } = simulator.room.enter(shop).repository;
    const [notice] = simulator.repositories.renameRepository({ ...shop, name: 'Web Shop' });
    expect(dataOf(notice)).toMatchObject({
      changes: { full_name: { new: 'acme/web-shop', old: 'acme/shop' } },
      repository: { uuid },
    });
    expect(() => simulator.room.enter(shop)).toThrow('No repository shop');
  });

  it('change groups without telling anybody', () => {
    expect(simulator.repositories.setGroupMembers({ slug: 'core', members: ['Ben Author'] })).toStrictEqual([]);
    expect(simulator.world.workspaces[0]?.groups).toHaveLength(1);
  });
});

describe('The live world', () => {
  it('opens, reviews and merges until it is stopped', async () => {
    await simulator.install(app.url);
    const sentences: string[] = [];
    const enough = new Promise<void>((resolve) => {
      const onActivity = (sentence: string): void => {
        sentences.push(sentence);
        if (sentence.endsWith('is merged')) resolve();
      };
      live = startLive(simulator, { everyMs: 1, seed: 1, onActivity });
    });
    await enough;
    await live?.stop();
    const told = sentences.length;
    expect(sentences[0]).toMatch(/ opens shop #1: /u);
    expect(app.received.some(({ headers }) => headers['x-event-key'] === 'pullrequest:fulfilled')).toBe(true);
    expect(sentences).toHaveLength(told);
  });

  let live: ReturnType<typeof startLive> | null = null;
});
