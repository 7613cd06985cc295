import {
  ben,
  cleo,
  dan,
  situationStart,
  findPullRequest,
  hour,
  minute,
  startSituation,
  type Situation,
} from '../../support/situation/situation';
import { openPullRequest, type On } from '../../support/situation/open-pull-request';
import { listCommits, listDeployments, listMerged, readOpenWork } from '../../support/situation/read-situation';
import type { RouteName } from '../../../simulator/traffic/route-names';

const repository = 'shop';
let situation: Situation;

beforeEach(async () => {
  situation = await startSituation();
  await situation.install();
});
afterEach(() => situation.close());

/** Opens a pull request with one commit, and everybody hears of it. */
async function open(): Promise<On> {
  const { on, notices } = openPullRequest(situation, { commits: [{ authoredAt: situationStart - 5 * hour }] });
  await situation.tell(notices);
  return on;
}

/** From now on answers of these routes are what is true now. */
const freeze = (
  on: On,
  routes: readonly RouteName[],
  lasting: { times?: number; until?: number } = { times: 1 },
): void =>
  routes.forEach((route) =>
    situation.simulator.quirks.add({
      route,
      ...(route === 'pull_requests' ? {} : { number: on.id }),
      ...lasting,
      answer: { stale: true },
    }),
  );

const push = (on: On, more: { force?: boolean } = {}): Promise<void> =>
  situation.tell(situation.simulator.pullRequests.push({ ...on, by: ben.uuid, commits: [{}, {}], ...more }));

/** Squashes and deletes the branch: from now on its list of commits is empty. */
async function squash(on: On): Promise<void> {
  await situation.tell(situation.simulator.pullRequests.merge({ ...on, strategy: 'squash' }));
  await situation.advance(10 * minute);
}

const findDeployment = async ({ id }: On) => (await listDeployments(situation)).find(({ number }) => number === id);

describe('Answers that lag behind the notice of a push', () => {
  it.each<[string, RouteName[], { times?: number; until?: number }]>([
    ['the commits, once', ['pull_request_commits'], { times: 1 }],
    ['the commits, three times', ['pull_request_commits'], { times: 3 }],
    ['the pull request, twice', ['pull_request'], { times: 2 }],
    ['pull request and commits, once', ['pull_request', 'pull_request_commits'], { times: 1 }],
    ['everything, for three minutes', ['pull_request', 'pull_request_commits', 'activity'], { until: 3 * minute }],
  ])('lose no commit of what is squashed later (%s)', async (_what, routes, { times, until }) => {
    const on = await open();
    freeze(on, routes, until === undefined ? { times: times ?? 1 } : { until: situation.clock.now() + until });
    await push(on);
    await situation.advance(20 * minute);
    await squash(on);
    const expected = listCommits(situation, on.id);
    expect(expected).toHaveLength(3);
    expect(await findDeployment(on)).toMatchObject({ changes: expected, complete: true });
  });

  it('keep no commit that a forced push has replaced', async () => {
    const on = await open();
    freeze(on, ['pull_request_commits']);
    await push(on, { force: true });
    await situation.advance(20 * minute);
    await squash(on);
    const expected = listCommits(situation, on.id);
    expect(expected).toHaveLength(2);
    expect(await findDeployment(on)).toMatchObject({ changes: expected, complete: true });
  });

  it('are no whole list where nothing better could be had', async () => {
    const on = await open();
    freeze(on, ['pull_request_commits'], { until: situation.clock.now() + hour });
    // The push itself is lost: only that the pull request has changed is told.
    const notices = situation.simulator.pullRequests.push({ ...on, commits: Array.from({ length: 7 }, () => ({})) });
    await situation.tell(notices.filter(({ eventKey }) => eventKey !== 'repo:push'));
    await squash(on);
    const found = await findDeployment(on);
    expect(found?.complete).toBe(false);
    expect(listCommits(situation, on.id)).toEqual(expect.arrayContaining([...(found?.changes ?? [])]));
  });
});

describe('Answers that lag behind the notice of a merge', () => {
  it.each<[string, RouteName[]]>([
    ['the pull request', ['pull_request']],
    ['the activity', ['activity']],
    ['pull request, activity and commits', ['pull_request', 'activity', 'pull_request_commits']],
  ])('take nothing of it away (%s)', async (_what, routes) => {
    const on = await open();
    await push(on);
    freeze(on, routes, { until: situation.clock.now() + 4 * minute });
    const mergedAt = situation.clock.now();
    await squash(on);
    await situation.advance(hour);
    const at = new Date(mergedAt).toISOString();
    expect(await findDeployment(on)).toMatchObject({ at, changes: listCommits(situation, on.id), complete: true });
  });

  it('do not move a reconciliation past a merge that no notice told of', async () => {
    const on = await open();
    freeze(on, ['pull_requests']);
    situation.simulator.pullRequests.merge({ ...on, strategy: 'merge_commit' });
    await situation.advance(3 * hour);
    expect(await findDeployment(on)).toMatchObject({ complete: true });
  });
});

describe('Answers that lag behind the notice of a verdict', () => {
  const phaseOf = async (on: On): Promise<unknown> =>
    (await readOpenWork(situation)).items.find(({ id }) => id === on.id)?.phase;
  const ofReview: RouteName[] = ['pull_request', 'activity'];

  it('take no approval away', async () => {
    const on = await open();
    freeze(on, ofReview, { until: situation.clock.now() + 3 * minute });
    await situation.tell(situation.simulator.pullRequests.approve({ ...on, by: cleo.uuid }));
    await situation.advance(20 * minute);
    expect(await phaseOf(on)).toBe('approved');
  });

  it('bring no approval back', async () => {
    const on = await open();
    await situation.tell(situation.simulator.pullRequests.approve({ ...on, by: cleo.uuid }));
    freeze(on, ofReview, { until: situation.clock.now() + 3 * minute });
    await situation.tell(situation.simulator.pullRequests.unapprove({ ...on, by: cleo.uuid }));
    await situation.advance(20 * minute);
    expect(await phaseOf(on)).not.toBe('approved');
  });
});

describe.each(['dropped', 'kept'] as const)(
  'A verdict taken back without a notice, and %s by the activity',
  (habit) => {
    beforeEach(() => {
      situation.simulator.room.findWorkspace('acme').habits.withdrawnVerdicts = habit;
    });

    it('is in force no more once another notice comes, and no approval after the merge', async () => {
      const { pullRequests } = situation.simulator;
      const on = await open();
      const theirs = { ...on, by: cleo.uuid };
      await situation.tell(pullRequests.approve(theirs));
      expect(await readOpenWork(situation)).toMatchObject({ approved: 1 });
      pullRequests.unapprove(theirs);
      situation.clock.advance(minute);
      await situation.tell(pullRequests.edit({ ...on, title: 'Another title' }));
      expect(await readOpenWork(situation)).toMatchObject({ approved: 0, items: [{ id: on.id }] });
      await squash(on);
      expect(await listMerged(situation)).toMatchObject([
        { id: on.id, time_to_first_approval: null, last_approval_to_merge: null },
      ]);
    });

    it('is found by reconciliation', async () => {
      const { pullRequests } = situation.simulator;
      const on = await open();
      await situation.tell(
        pullRequests.approve({ ...on, by: cleo.uuid }),
        pullRequests.approve({ ...on, by: dan.uuid }),
      );
      pullRequests.unapprove({ ...on, by: cleo.uuid });
      situation.clock.advance(minute);
      await situation.advance(2 * hour);
      expect(await readOpenWork(situation)).toMatchObject({ approved: 1 });
      pullRequests.unapprove({ ...on, by: dan.uuid });
      situation.clock.advance(minute);
      await situation.advance(2 * hour);
      expect(await readOpenWork(situation)).toMatchObject({ approved: 0 });
    });

    it('counts with its second date when it is given again', async () => {
      const { pullRequests } = situation.simulator;
      const on = await open();
      const theirs = { ...on, by: cleo.uuid };
      await situation.tell(pullRequests.approve(theirs));
      pullRequests.unapprove(theirs);
      situation.clock.advance(30 * minute);
      const secondAt = situation.clock.now();
      await situation.tell(pullRequests.approve(theirs));
      await squash(on);
      const { createdAt } = findPullRequest(situation, on.id);
      expect(await listMerged(situation)).toMatchObject([{ time_to_first_approval: (secondAt - createdAt) / 1000 }]);
    });

    it('leaves a request for changes that was taken back without force', async () => {
      const { pullRequests } = situation.simulator;
      const on = await open();
      await situation.tell(pullRequests.requestChanges({ ...on, by: cleo.uuid }));
      expect(await readOpenWork(situation)).toMatchObject({ reviewed: 1 });
      pullRequests.withdrawChanges({ ...on, by: cleo.uuid });
      situation.clock.advance(minute);
      await situation.tell(pullRequests.edit({ ...on, title: 'Another title' }));
      expect(await readOpenWork(situation)).toMatchObject({ open: 1, reviewed: 0 });
    });
  },
);

describe('Commits that only the notices of pushes tell of', () => {
  const at = situationStart - 5 * hour;

  it('are the changes of what was squashed before anything was read', async () => {
    const { pullRequests } = situation.simulator;
    const { on, notices } = openPullRequest(situation, { commits: [{ authoredAt: at }, {}] });
    situation.clock.advance(minute);
    const pushed = pullRequests.push({ ...on, by: ben.uuid, commits: [{}] });
    situation.clock.advance(minute);
    await situation.tell(notices, pushed, pullRequests.merge({ ...on, strategy: 'squash' }));
    await situation.advance(10 * minute);
    const expected = listCommits(situation, on.id);
    expect(expected).toHaveLength(3);
    expect(await findDeployment(on)).toMatchObject({ changes: expected });
    const { items } = await situation.get<{ items: { changes: { time_created: string }[] }[] }>(
      '/deployments?from=2026-01-01&to=2026-12-31',
    );
    const dates = items[0]?.changes.map(({ time_created }) => time_created).sort();
    expect(dates?.[0]).toBe(new Date(at).toISOString());
  });

  it('are those of the last forced push alone', async () => {
    const { pullRequests } = situation.simulator;
    const { on, notices } = openPullRequest(situation, { commits: [{ authoredAt: at }, {}] });
    situation.clock.advance(minute);
    const pushed = pullRequests.push({ ...on, by: ben.uuid, commits: [{}], force: true });
    situation.clock.advance(minute);
    await situation.tell(notices, pushed, pullRequests.merge({ ...on, strategy: 'squash' }));
    await situation.advance(10 * minute);
    expect(listCommits(situation, on.id)).toHaveLength(1);
    expect(await findDeployment(on)).toMatchObject({ changes: listCommits(situation, on.id) });
  });

  it('are the changes of what was merged while reading had to wait', async () => {
    const { pullRequests, quirks } = situation.simulator;
    const answer = { status: 429, headers: { 'retry-after': '400' } };
    quirks.add({ route: /\/pullrequests/u, until: situation.clock.now() + 5 * minute, answer });
    const { on, notices } = openPullRequest(situation, { commits: [{ authoredAt: at }, {}] });
    await situation.tell(notices);
    await situation.tell(pullRequests.merge({ ...on, strategy: 'squash' }));
    await situation.advance(30 * minute);
    expect(await findDeployment(on)).toMatchObject({ changes: listCommits(situation, on.id) });
  });

  it('are the changes of a merge that was read before, whatever else is told before they are read', async () => {
    const { pullRequests, quirks } = situation.simulator;
    const { on, notices } = openPullRequest(situation, { commits: [{ authoredAt: at }, {}] });
    situation.clock.advance(minute);
    const merged = pullRequests.merge({ ...on, strategy: 'squash' });
    await situation.tell(merged);
    await situation.advance(10 * minute);
    const answer = { status: 429, headers: { 'retry-after': '120' } };
    quirks.add({ route: /\/pullrequests/u, until: situation.clock.now() + 2 * minute, answer });
    await situation.tell(notices);
    await situation.tell(pullRequests.comment({ ...on, by: cleo.uuid }).notices);
    await situation.advance(30 * minute);
    expect(await findDeployment(on)).toMatchObject({ changes: listCommits(situation, on.id), complete: true });
  });

  it.each([
    ['more than a notice lists', Array.from({ length: 7 }, () => ({}))],
    ['some that came from another branch', [{ merges: 'main' }]],
  ])('are never a whole that is none (%s)', async (_what, commits) => {
    const { pullRequests, repositories } = situation.simulator;
    const { on, notices } = openPullRequest(situation, { commits: [{ authoredAt: at }] });
    situation.clock.advance(minute);
    const aside = repositories.commit({ repository, branch: 'main', commits: [{}, {}] });
    const pushed = pullRequests.push({ ...on, by: ben.uuid, commits });
    situation.clock.advance(minute);
    await situation.tell(notices, aside, pushed, pullRequests.merge({ ...on, strategy: 'squash' }));
    await situation.advance(10 * minute);
    const found = await findDeployment(on);
    const expected = listCommits(situation, on.id);
    expect(expected).toEqual(expect.arrayContaining([...(found?.changes ?? ['nothing was deployed'])]));
    expect(found?.complete).toBe(found?.changes.length === expected.length);
  });
});
