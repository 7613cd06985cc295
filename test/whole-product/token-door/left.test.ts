import { createFixedClock } from '../../support/fixed-clock';
import { mixedNow } from '../../support/product/mixed-world';
import { jobs } from '../../../src/store/schema/work';
import { createDoors, type Doors } from '../../support/twins/twin-story';
import { askAll, happen, startTwin, tellAppAlone, type Twin } from '../../support/twins/twins';

/** A workspace that came from Connect and gives up its token, without going back: everything is closed, and can be opened. */

const hour = 3_600_000;
const day = 24 * hour;
const clock = createFixedClock(mixedNow + day);

let twin: Twin;
let doors: Doors;
let key: string;
beforeAll(async () => {
  twin = await startTwin(clock);
  doors = createDoors(twin);
  const made = { workspace: twin.workspace.uuid, name: 'board', scope: 'read', now: clock.now() } as const;
  key = (await twin.product.stores.apiTokens.create(made)).token;
});
afterAll(() => twin.product.close());

const getWorkspace = () => twin.product.stores.workspaces.get(twin.workspace.uuid);
const listErasures = async () => {
  const waiting = await twin.product.stores.database.find(jobs, { where: { kind: 'erase-workspace' } });
  return waiting.map(({ runAt }) => runAt);
};

async function connect(): Promise<void> {
  const token = twin.product.simulator.credentials.createWorkspaceToken();
  expect(await doors.connect(token)).toEqual({ outcome: 'connected', hook: 'made' });
  await twin.settle();
}

/** The last comparison with Bitbucket apart. */
async function askNumbers(): Promise<string[]> {
  const isAsked = (address: string): boolean => /^\/api\/v1\/(metrics\/(accelerate|reviews)|deploy)/u.test(address);
  const answers = await askAll(twin, { clock, isAsked });
  return [...answers.values()].map((text) => text.replace(/"verified_at":"[^"]+"/u, ''));
}

let numbers: string[];

it('everything closes while Connect is superseded: nobody is let in, and nobody is called', async () => {
  await connect();
  numbers = await askNumbers();
  const sessions = [await twin.openFramedPage(), await twin.product.openPage(), key];
  expect(await Promise.all(sessions.map(doors.isOpen))).toEqual([true, true, true]);
  expect(await doors.disconnect(false)).toMatchObject({ outcome: 'disconnected', wayOut: null });

  expect(await doors.listStates()).toEqual({ connect: 'superseded', access_token: 'uninstalled' });
  expect(await Promise.all(sessions.map(doors.isOpen))).toEqual([false, false, false]);
  await expect(twin.openFramedPage()).rejects.toThrow('without a session');
  expect(twin.workspace.hooks.all).toEqual([]);
  const from = clock.now();
  clock.advance(2 * hour);
  const statuses = await tellAppAlone(twin, happen(twin, from, 1));
  expect(new Set(statuses.filter((status) => status !== null))).toEqual(new Set([401]));
  twin.product.simulator.requests.clear();
  clock.advance(9 * day);
  await twin.settle();
  expect(twin.product.simulator.requests.entries).toEqual([]);
});

it('the data are to be erased, which connecting again takes back', async () => {
  expect([(await getWorkspace())?.eraseAt, await listErasures()]).toEqual([mixedNow + 31 * day, [mixedNow + 31 * day]]);
  await connect();
  expect([(await getWorkspace())?.eraseAt, await listErasures()]).toEqual([null, []]);
  expect(await doors.listStates()).toEqual({ connect: 'superseded', access_token: 'live' });
  const sessions = [await twin.openFramedPage(), await twin.product.openPage(), key];
  expect(await Promise.all(sessions.map(doors.isOpen))).toEqual([true, true, true]);
  const before = new Set(numbers);
  expect((await askNumbers()).filter((answer) => before.has(answer)).length).toBeGreaterThan(20);
});

it('left alone they are erased after RETENTION_DAYS', async () => {
  await doors.disconnect(false);
  clock.advance(30 * day);
  await twin.settle();
  expect(await getWorkspace()).toBeNull();
  expect(await twin.product.stores.connections.list()).toEqual([]);
});
