import { startSimulator, type Simulator } from '../simulator';
import { connect, startTestApp, testAppKey, type TestApp } from '../test-app';
import type { Ask } from '../ask';
import { createEmptyWorld } from './growth/sample-world';
import type { Habits } from './habits';
import type { SimulatorNotice } from '../connect/deliver-notice';

const start = Date.UTC(2026, 10, 20, 12);
const shop = { repository: 'shop' };
const pullRequests = '/2.0/repositories/acme/shop/pullrequests';
let simulator: Simulator;
let app: TestApp;
let ask: Ask;

beforeEach(async () => {
  app = await startTestApp();
  simulator = await startSimulator({ world: createEmptyWorld(), appKey: testAppKey, clock: { now: () => start } });
  simulator.repositories.createRepository({ slug: 'shop' });
  for (const isDraft of [false, true, false]) simulator.pullRequests.openPullRequest({ ...shop, isDraft });
  simulator.pullRequests.edit({ ...shop, id: 3, isQueued: true });
  ask = await connect(simulator, app);
});

afterEach(async () => {
  await simulator.close();
  await app.close();
});

const adopt = (habits: Partial<Habits>): void =>
  void Object.assign(simulator.room.findWorkspace('acme').habits, habits);
type Shown = Record<string, unknown>;
const show = async (path: string): Promise<Shown> => (await ask(`${pullRequests}${path}`)).body as Shown;
const list = async (query: string): Promise<number[] | number> => {
  const { status, body } = await ask(`${pullRequests}?sort=id${query}`);
  return status === 200 ? (body as { values: { id: number }[] }).values.map(({ id }) => id) : status;
};
const stateIn = ([notice]: readonly SimulatorNotice[]): unknown =>
  (JSON.parse(notice?.body ?? '') as { data: { pullrequest: Shown } }).data.pullrequest['state'];

describe('A draft and a queued pull request', () => {
  it('are open with a flag', async () => {
    expect(await show('/2')).toMatchObject({ state: 'OPEN', draft: true, queued: false });
    expect(await show('/3')).toMatchObject({ state: 'OPEN', draft: false, queued: true });
    expect(await list('')).toEqual([1, 2, 3]);
    expect(await list('&state=DRAFT')).toBe(400);
    expect(await list('&q=draft%3Dtrue')).toEqual([2]);
  });

  it('have a state word of their own in answers, activity and notices', async () => {
    adopt({ drafts: 'word', queued: 'word' });
    expect(await show('/2')).toMatchObject({ state: 'DRAFT', draft: true });
    expect(await show('/3')).toMatchObject({ state: 'QUEUED', queued: true });
    expect(await show('/2/activity')).toMatchObject({ values: [{ update: { state: 'DRAFT' } }] });
    expect(stateIn(simulator.pullRequests.edit({ ...shop, id: 3, title: 'Later' }))).toBe('QUEUED');
    expect(stateIn(simulator.pullRequests.edit({ ...shop, id: 3, isQueued: false }))).toBe('OPEN');
    expect(await list('&q=state%3D%22DRAFT%22')).toEqual([2]);
  });

  it('have activities of which a hundred a page are refused, or given', async () => {
    expect((await ask(`${pullRequests}/activity?pagelen=100`)).status).toBe(400);
    adopt({ largeActivityPages: 'given' });
    expect((await ask(`${pullRequests}/activity?pagelen=100`)).status).toBe(200);
    expect((await ask(`${pullRequests}/activity?pagelen=101`)).status).toBe(400);
  });

  it('are left out of the open ones, and asked for by their own words', async () => {
    adopt({ openLists: 'plain', wideStates: 'taken' });
    expect(await list('')).toEqual([1]);
    expect(await list('&state=OPEN')).toEqual([1]);
    expect(await list('&state=DRAFT&state=QUEUED')).toEqual([2, 3]);
    simulator.pullRequests.merge({ ...shop, id: 2 });
    expect(await list('&state=MERGED')).toEqual([2]);
    expect(await show('/2')).toMatchObject({ state: 'MERGED', draft: false });
  });
});

describe('A verdict that was taken back', () => {
  const doing = { ...shop, id: 1, by: 'Cleo Reviewer' };
  const kindsOf = async (path: string): Promise<string[]> =>
    ((await show(path))['values'] as Shown[]).map((entry) => Object.keys(entry)[1] ?? '');

  it.each(['dropped', 'kept'] as const)('is %s by the activity, and not in force either way', async (habit) => {
    adopt({ withdrawnVerdicts: habit });
    simulator.pullRequests.approve(doing);
    simulator.pullRequests.unapprove(doing);
    const kinds = await kindsOf('/1/activity');
    expect(kinds.includes('approval')).toBe(habit === 'kept');
    expect((await show('/1'))['participants']).toMatchObject([
      { approved: false, state: null, participated_on: null, user: { display_name: 'Cleo Reviewer' } },
    ]);
  });
});

describe('A world can be made to forget', () => {
  it('the witnesses of a merge', async () => {
    simulator.pullRequests.merge({ ...shop, id: 1 });
    simulator.pullRequests.forgetMerge({ ...shop, id: 1, witnesses: ['update'] });
    expect(JSON.stringify(await show('/1/activity'))).not.toContain('MERGED');
    expect(await show('/1')).toMatchObject({ state: 'MERGED', merge_commit: { type: 'commit' } });
    simulator.pullRequests.forgetMerge({ ...shop, id: 1, witnesses: ['merge_commit'] });
    expect(await show('/1')).toMatchObject({ state: 'MERGED', merge_commit: null });
  });

  it('its main branch, with a notice that may be sent or not', async () => {
    const [notice] = simulator.repositories.setDefaultBranch({ ...shop, branch: null });
    expect(notice?.eventKey).toBe('repo:updated');
    expect((await ask('/2.0/repositories/acme/shop')).body).toMatchObject({ mainbranch: null });
    simulator.repositories.commit({ ...shop, branch: 'trunk' });
    simulator.repositories.setDefaultBranch({ ...shop, branch: 'trunk' });
    expect((await ask('/2.0/repositories/acme/shop')).body).toMatchObject({ mainbranch: { name: 'trunk' } });
  });
});
