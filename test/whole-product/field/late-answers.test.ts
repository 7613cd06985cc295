import {
  ben,
  cleo,
  dan,
  fieldStart,
  findPullRequest,
  hour,
  minute,
  startField,
  type Field,
} from '../../support/field/field';
import { openPullRequest, type On } from '../../support/field/open-pull-request';
import { listCommits, listDeployments, listMerged, readOpenWork } from '../../support/field/read-field';
import type { RouteName } from '../../../simulator/traffic/route-names';

const repository = 'shop';
let field: Field;

beforeEach(async () => {
  field = await startField();
  await field.install();
});
afterEach(() => field.close());

/** Opens a pull request with one commit, and everybody hears of it. */
async function open(): Promise<On> {
  const { on, notices } = openPullRequest(field, { commits: [{ authoredAt: fieldStart - 5 * hour }] });
  await field.tell(notices);
  return on;
}

/** From now on answers of these routes are what is true now. */
const freeze = (
  on: On,
  routes: readonly RouteName[],
  lasting: { times?: number; until?: number } = { times: 1 },
): void =>
  routes.forEach((route) =>
    field.simulator.quirks.add({
      route,
      ...(route === 'pull_requests' ? {} : { number: on.id }),
      ...lasting,
      answer: { stale: true },
    }),
  );

const push = (on: On, more: { force?: boolean } = {}): Promise<void> =>
  field.tell(field.simulator.pullRequests.push({ ...on, by: ben.uuid, commits: [{}, {}], ...more }));

/** Squashes and deletes the branch: from now on its list of commits is empty. */
async function squash(on: On): Promise<void> {
  await field.tell(field.simulator.pullRequests.merge({ ...on, strategy: 'squash' }));
  await field.advance(10 * minute);
}

const findDeployment = async ({ id }: On) => (await listDeployments(field)).find(({ number }) => number === id);

describe('Answers that lag behind the notice of a push', () => {
  it.each<[string, RouteName[], { times?: number; until?: number }]>([
    ['the commits, once', ['pull_request_commits'], { times: 1 }],
    ['the commits, three times', ['pull_request_commits'], { times: 3 }],
    ['the pull request, twice', ['pull_request'], { times: 2 }],
    ['pull request and commits, once', ['pull_request', 'pull_request_commits'], { times: 1 }],
    ['everything, for three minutes', ['pull_request', 'pull_request_commits', 'activity'], { until: 3 * minute }],
  ])('lose no commit of what is squashed later (%s)', async (_what, routes, { times, until }) => {
    const on = await open();
    freeze(on, routes, until === undefined ? { times: times ?? 1 } : { until: field.clock.now() + until });
    await push(on);
    await field.advance(20 * minute);
    await squash(on);
    const expected = listCommits(field, on.id);
    expect(expected).toHaveLength(3);
    expect(await findDeployment(on)).toMatchObject({ changes: expected, complete: true });
  });

  it('keep no commit that a forced push has replaced', async () => {
    const on = await open();
    freeze(on, ['pull_request_commits']);
    await push(on, { force: true });
    await field.advance(20 * minute);
    await squash(on);
    const expected = listCommits(field, on.id);
    expect(expected).toHaveLength(2);
    expect(await findDeployment(on)).toMatchObject({ changes: expected, complete: true });
  });

  it('are no whole list where nothing better could be had', async () => {
    const on = await open();
    freeze(on, ['pull_request_commits'], { until: field.clock.now() + hour });
    // The push itself is lost: only that the pull request has changed is told.
    const notices = field.simulator.pullRequests.push({ ...on, commits: Array.from({ length: 7 }, () => ({})) });
    await field.tell(notices.filter(({ eventKey }) => eventKey !== 'repo:push'));
    await squash(on);
    const found = await findDeployment(on);
    expect(found?.complete).toBe(false);
    expect(listCommits(field, on.id)).toEqual(expect.arrayContaining([...(found?.changes ?? [])]));
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
    freeze(on, routes, { until: field.clock.now() + 4 * minute });
    const mergedAt = field.clock.now();
    await squash(on);
    await field.advance(hour);
    const at = new Date(mergedAt).toISOString();
    expect(await findDeployment(on)).toMatchObject({ at, changes: listCommits(field, on.id), complete: true });
  });

  it('do not move a reconciliation past a merge that no notice told of', async () => {
    const on = await open();
    freeze(on, ['pull_requests']);
    field.simulator.pullRequests.merge({ ...on, strategy: 'merge_commit' });
    await field.advance(3 * hour);
    expect(await findDeployment(on)).toMatchObject({ complete: true });
  });
});

describe('Answers that lag behind the notice of a verdict', () => {
  const phaseOf = async (on: On): Promise<unknown> =>
    (await readOpenWork(field)).items.find(({ id }) => id === on.id)?.phase;
  const ofReview: RouteName[] = ['pull_request', 'activity'];

  it('take no approval away', async () => {
    const on = await open();
    freeze(on, ofReview, { until: field.clock.now() + 3 * minute });
    await field.tell(field.simulator.pullRequests.approve({ ...on, by: cleo.uuid }));
    await field.advance(20 * minute);
    expect(await phaseOf(on)).toBe('approved');
  });

  it('bring no approval back', async () => {
    const on = await open();
    await field.tell(field.simulator.pullRequests.approve({ ...on, by: cleo.uuid }));
    freeze(on, ofReview, { until: field.clock.now() + 3 * minute });
    await field.tell(field.simulator.pullRequests.unapprove({ ...on, by: cleo.uuid }));
    await field.advance(20 * minute);
    expect(await phaseOf(on)).not.toBe('approved');
  });
});

describe.each(['dropped', 'kept'] as const)(
  'A verdict taken back without a notice, and %s by the activity',
  (habit) => {
    beforeEach(() => {
      field.simulator.room.findWorkspace('acme').habits.withdrawnVerdicts = habit;
    });

    it('is in force no more once another notice comes, and no approval after the merge', async () => {
      const { pullRequests } = field.simulator;
      const on = await open();
      const theirs = { ...on, by: cleo.uuid };
      await field.tell(pullRequests.approve(theirs));
      expect(await readOpenWork(field)).toMatchObject({ approved: 1 });
      pullRequests.unapprove(theirs);
      field.clock.advance(minute);
      await field.tell(pullRequests.edit({ ...on, title: 'Another title' }));
      expect(await readOpenWork(field)).toMatchObject({ approved: 0, items: [{ id: on.id }] });
      await squash(on);
      expect(await listMerged(field)).toMatchObject([
        { id: on.id, time_to_first_approval: null, last_approval_to_merge: null },
      ]);
    });

    it('is found by reconciliation', async () => {
      const { pullRequests } = field.simulator;
      const on = await open();
      await field.tell(pullRequests.approve({ ...on, by: cleo.uuid }), pullRequests.approve({ ...on, by: dan.uuid }));
      pullRequests.unapprove({ ...on, by: cleo.uuid });
      field.clock.advance(minute);
      await field.advance(2 * hour);
      expect(await readOpenWork(field)).toMatchObject({ approved: 1 });
      pullRequests.unapprove({ ...on, by: dan.uuid });
      field.clock.advance(minute);
      await field.advance(2 * hour);
      expect(await readOpenWork(field)).toMatchObject({ approved: 0 });
    });

    it('counts with its second date when it is given again', async () => {
      const { pullRequests } = field.simulator;
      const on = await open();
      const theirs = { ...on, by: cleo.uuid };
      await field.tell(pullRequests.approve(theirs));
      pullRequests.unapprove(theirs);
      field.clock.advance(30 * minute);
      const secondAt = field.clock.now();
      await field.tell(pullRequests.approve(theirs));
      await squash(on);
      const { createdAt } = findPullRequest(field, on.id);
      expect(await listMerged(field)).toMatchObject([{ time_to_first_approval: (secondAt - createdAt) / 1000 }]);
    });

    it('leaves a request for changes that was taken back without force', async () => {
      const { pullRequests } = field.simulator;
      const on = await open();
      await field.tell(pullRequests.requestChanges({ ...on, by: cleo.uuid }));
      expect(await readOpenWork(field)).toMatchObject({ reviewed: 1 });
      pullRequests.withdrawChanges({ ...on, by: cleo.uuid });
      field.clock.advance(minute);
      await field.tell(pullRequests.edit({ ...on, title: 'Another title' }));
      expect(await readOpenWork(field)).toMatchObject({ open: 1, reviewed: 0 });
    });
  },
);

describe('Commits that only the notices of pushes tell of', () => {
  const at = fieldStart - 5 * hour;

  it('are the changes of what was squashed before anything was read', async () => {
    const { pullRequests } = field.simulator;
    const { on, notices } = openPullRequest(field, { commits: [{ authoredAt: at }, {}] });
    field.clock.advance(minute);
    const pushed = pullRequests.push({ ...on, by: ben.uuid, commits: [{}] });
    field.clock.advance(minute);
    await field.tell(notices, pushed, pullRequests.merge({ ...on, strategy: 'squash' }));
    await field.advance(10 * minute);
    const expected = listCommits(field, on.id);
    expect(expected).toHaveLength(3);
    expect(await findDeployment(on)).toMatchObject({ changes: expected });
    const { items } = await field.get<{ items: { changes: { time_created: string }[] }[] }>(
      '/deployments?from=2026-01-01&to=2026-12-31',
    );
    const dates = items[0]?.changes.map(({ time_created }) => time_created).sort();
    expect(dates?.[0]).toBe(new Date(at).toISOString());
  });

  it('are those of the last forced push alone', async () => {
    const { pullRequests } = field.simulator;
    const { on, notices } = openPullRequest(field, { commits: [{ authoredAt: at }, {}] });
    field.clock.advance(minute);
    const pushed = pullRequests.push({ ...on, by: ben.uuid, commits: [{}], force: true });
    field.clock.advance(minute);
    await field.tell(notices, pushed, pullRequests.merge({ ...on, strategy: 'squash' }));
    await field.advance(10 * minute);
    expect(listCommits(field, on.id)).toHaveLength(1);
    expect(await findDeployment(on)).toMatchObject({ changes: listCommits(field, on.id) });
  });

  it('are the changes of what was merged while reading had to wait', async () => {
    const { pullRequests, quirks } = field.simulator;
    const answer = { status: 429, headers: { 'retry-after': '400' } };
    quirks.add({ route: /\/pullrequests/u, until: field.clock.now() + 5 * minute, answer });
    const { on, notices } = openPullRequest(field, { commits: [{ authoredAt: at }, {}] });
    await field.tell(notices);
    await field.tell(pullRequests.merge({ ...on, strategy: 'squash' }));
    await field.advance(30 * minute);
    expect(await findDeployment(on)).toMatchObject({ changes: listCommits(field, on.id) });
  });

  it('are the changes of a merge that was read before, whatever else is told before they are read', async () => {
    const { pullRequests, quirks } = field.simulator;
    const { on, notices } = openPullRequest(field, { commits: [{ authoredAt: at }, {}] });
    field.clock.advance(minute);
    const merged = pullRequests.merge({ ...on, strategy: 'squash' });
    await field.tell(merged);
    await field.advance(10 * minute);
    const answer = { status: 429, headers: { 'retry-after': '120' } };
    quirks.add({ route: /\/pullrequests/u, until: field.clock.now() + 2 * minute, answer });
    await field.tell(notices);
    await field.tell(pullRequests.comment({ ...on, by: cleo.uuid }).notices);
    await field.advance(30 * minute);
    expect(await findDeployment(on)).toMatchObject({ changes: listCommits(field, on.id), complete: true });
  });

  it.each([
    ['more than a notice lists', Array.from({ length: 7 }, () => ({}))],
    ['some that came from another branch', [{ merges: 'main' }]],
  ])('are never a whole that is none (%s)', async (_what, commits) => {
    const { pullRequests, repositories } = field.simulator;
    const { on, notices } = openPullRequest(field, { commits: [{ authoredAt: at }] });
    field.clock.advance(minute);
    const aside = repositories.commit({ repository, branch: 'main', commits: [{}, {}] });
    const pushed = pullRequests.push({ ...on, by: ben.uuid, commits });
    field.clock.advance(minute);
    await field.tell(notices, aside, pushed, pullRequests.merge({ ...on, strategy: 'squash' }));
    await field.advance(10 * minute);
    const found = await findDeployment(on);
    const expected = listCommits(field, on.id);
    expect(expected).toEqual(expect.arrayContaining([...(found?.changes ?? ['nothing was deployed'])]));
    expect(found?.complete).toBe(found?.changes.length === expected.length);
  });
});
