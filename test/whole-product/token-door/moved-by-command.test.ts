import { expectWorld } from '../../support/product/expect-world';
import { startTwins, type TwinStory } from '../../support/twins/twin-story';
import { countLists, findDifferent, listRead, tellAppAlone, tellHooksAlone } from '../../support/twins/twins';

/**
 * Of two workspaces of the same life one moves from Connect to an access token and back by a word at the command line,
 * while Bitbucket goes on calling through both doors. In the end nothing tells them apart.
 */

let story: TwinStory;
beforeAll(async () => {
  story = await startTwins();
});
afterAll(() => story.close());

it('goes to a token of the workspace while Bitbucket calls, and nothing is lost', async () => {
  const { moved, key } = story;
  await story.liveOn(2);
  const told = story.pass(6);
  const session = await moved.openFramedPage();
  const token = moved.product.simulator.credentials.createWorkspaceToken();
  const make = async () => expect(await story.connect(token)).toEqual({ outcome: 'connected', hook: 'made' });
  // What comes through Connect alone is told to a door that was superseded.
  expect(await story.changeDoor(told, { make, afterwards: tellAppAlone })).toEqual({ lost: [], afterwards: [204] });

  expect(await story.listStates()).toEqual({ connect: 'superseded', access_token: 'live' });
  const opened = [session, key, await moved.openFramedPage()];
  expect(await Promise.all(opened.map((one) => story.isOpen(one)))).toEqual([true, true, true]);
  await story.liveOn(4);
  expect(await story.findDifferentNumbers()).toEqual([]);
});

it('goes back by a word at the command line, and nothing is left calling', async () => {
  const { moved, key } = story;
  const told = story.pass(3);
  const sessions = [await moved.product.openPage(), await moved.openFramedPage()];
  const hooks = { ...moved.workspace.hooks, all: [...moved.workspace.hooks.all] };
  expect(hooks.all).toHaveLength(1);
  const make = async () => expect(await story.disconnect(true)).toMatchObject({ outcome: 'moved_back', wayOut: null });
  expect(await story.changeDoor(told, { make, afterwards: tellAppAlone })).toEqual({ lost: [], afterwards: [204] });

  expect(await story.listStates()).toEqual({ connect: 'live', access_token: 'uninstalled' });
  expect(await Promise.all([...sessions, key].map((one) => story.isOpen(one)))).toEqual([true, true, true]);
  expect(moved.workspace.hooks.all).toEqual([]);
  // Some that were on their way to the webhook that is gone.
  const late = { ...moved, workspace: { ...moved.workspace, hooks } };
  expect(new Set(await tellHooksAlone(late, told.ofMoved.slice(-3)))).toEqual(new Set([401]));
  await story.liveOn(2);
  expect(await story.findDifferentNumbers()).toEqual([]);
});

/** Of the merges of the time when groups were not told: their groups are known from later. */
const withoutGroupTimes = (answers: Map<string, string>): Map<string, string> =>
  new Map(
    [...answers].map(([address, text]) => [
      address,
      text.replace(/"teams_as_of":"\w+"/gu, '').replace(/,(?:import|merge),(?=pull_request,)/gu, ','),
    ]),
  );

interface Deployments {
  readonly items: readonly {
    readonly deploy_id: string;
    readonly teams_as_of: string;
    readonly time_created: string;
  }[];
}

it('has every number, row and CSV of the one that stayed', async () => {
  const { moved, key } = story;
  const [one, other] = await story.askBoth();
  expect(one.size).toBeGreaterThan(90);
  expect(findDifferent(withoutGroupTimes(one), withoutGroupTimes(other))).toEqual([]);
  // Nothing but deployments told them apart: those of the ten hours in which no groups were told.
  const different = findDifferent(one, other);
  expect(different.filter((address) => !address.includes('/deployments?'))).toEqual([]);
  const route = '/deployments?from=2024-06-15&to=2024-07-15&limit=500';
  const [ofStill, ofMoved] = await Promise.all([
    story.still.product.get<Deployments>(route),
    moved.product.get<Deployments>(route),
  ]);
  const later = ofMoved.items.filter((item, index) => item.teams_as_of !== ofStill.items[index]?.teams_as_of);
  expect(later.length).toBeGreaterThan(3);
  expect(later.length).toBeLessThanOrEqual(10);

  expect((await moved.product.api(route, { session: key })).body).toEqual(ofMoved);
  expect(await story.countNotices()).toEqual([0, 0].map(() => ({ waiting: 0, unreadable: 0 })));
});

it('read nothing of the history again', () => {
  // Every repository is compared at each of two moves and in the end, and asked for what moved until there is a webhook;
  // a check of the token looks at one of them.
  expect(countLists(story.moved)).toBeLessThanOrEqual(5 * story.moved.workspace.repositories.size);
  expect([listRead(story.still), listRead(story.moved)]).toEqual([[], []]);
});

it('equals an independent calculation once what was put right by hand is taken back', async () => {
  const { clock } = story;
  const { product, workspace } = story.moved;
  const { corrections, teams } = product.stores;
  for (const { id } of await corrections.list(workspace.uuid)) {
    await corrections.undo(workspace.uuid, { id, by: null, now: clock.now() });
  }
  // Deleted it would keep the deployments that it has.
  await teams.saveManual(workspace.uuid, { slug: 'by-hand', name: 'By hand', members: [] });
  const session = await product.openPage();
  await product.api('/settings', { method: 'PATCH', session, body: { exclusions: { people: [] } } });
  const found = await expectWorld(product, workspace, { seed: 6, questions: 4, until: clock.now() });
  expect(found.deployments).toBeGreaterThan(40);
});
