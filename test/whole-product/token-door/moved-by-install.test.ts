import { waitUntil } from '../../support/product/wait-until';
import { startTwins, type TwinStory } from '../../support/twins/twin-story';
import { countLists, findDifferent, listRead, tellAppAlone, tellHooksAlone } from '../../support/twins/twins';

/**
 * Of two workspaces of the same life one moves from Connect to an administrator's token, has the app removed, and goes
 * back by installing it again, while Bitbucket goes on calling. In the end nothing tells them apart.
 */

let story: TwinStory;
beforeAll(async () => {
  story = await startTwins();
});
afterAll(() => story.close());

it('goes to the token of an administrator, and removing the app takes nothing along', async () => {
  const { moved, key } = story;
  const { simulator, stores } = moved.product;
  const token = simulator.credentials.createApiToken(moved.workspace.ownerUuid);
  const connect = async () => expect(await story.connect(token)).toEqual({ outcome: 'connected', hook: 'made' });
  const coming = { make: connect, afterwards: tellHooksAlone };
  expect(await story.changeDoor(story.pass(3), coming)).toEqual({ lost: [], afterwards: [204] });
  const before = await stores.connections.getLive(moved.workspace.uuid);
  const told = story.pass(2);
  const session = await moved.openFramedPage();
  const remove = async () => expect((await simulator.uninstall()).status).toBe(204);
  const going = { make: remove, afterwards: tellHooksAlone };
  expect(await story.changeDoor(told, going)).toEqual({ lost: [], afterwards: [204] });

  expect(await story.listStates()).toEqual({ connect: 'uninstalled', access_token: 'live' });
  expect(await stores.connections.getLive(moved.workspace.uuid)).toEqual(before);
  expect((await stores.workspaces.get(moved.workspace.uuid))?.eraseAt).toBeNull();
  expect(await Promise.all([session, key].map((one) => story.isOpen(one)))).toEqual([true, true]);
  changeGroup();
  await story.liveOn(3);
  expect(await story.findDifferentNumbers()).toEqual([]);
});

/** Somebody joins a group: whoever may read groups hears of it at the next merge. */
function changeGroup(): void {
  for (const { product, workspace } of [story.still, story.moved]) {
    const [group] = workspace.groups;
    const newcomer = [...workspace.people.keys()].find((uuid) => !group?.memberUuids.includes(uuid)) ?? '';
    const members = [...(group?.memberUuids ?? []), newcomer];
    product.simulator.repositories.setGroupMembers({ slug: group?.slug ?? '', members });
  }
}

it('goes back by installing the app again, and both doors are heard', async () => {
  const { moved, key } = story;
  const { simulator, app, stores } = moved.product;
  const told = story.pass(2);
  const session = await moved.product.openPage();
  const findBack = async () => {
    const live = await stores.connections.getLive(moved.workspace.uuid);
    return live?.kind === 'connect' ? live : null;
  };
  const make = async () => {
    expect((await simulator.install(app.url)).status).toBe(204);
    await waitUntil(findBack, { withinMs: 20_000, what: 'the new secret is proved' });
  };
  // What comes to the webhook alone is told to a door that was superseded.
  expect(await story.changeDoor(told, { make, afterwards: tellHooksAlone })).toEqual({ lost: [], afterwards: [204] });

  expect(await story.listStates()).toEqual({ connect: 'live', access_token: 'superseded' });
  const opened = [session, key, await moved.openFramedPage()];
  expect(await Promise.all(opened.map((one) => story.isOpen(one)))).toEqual([true, true, true]);
  await story.liveOn(2);
  expect(await story.findDifferentNumbers()).toEqual([]);
});

it('gives the token up, and nothing but the app is left calling', async () => {
  const told = story.pass(2);
  const make = async () => expect(await story.disconnect(false)).toMatchObject({ outcome: 'disconnected' });
  expect(await story.changeDoor(told, { make, afterwards: tellAppAlone })).toEqual({ lost: [], afterwards: [204] });
  expect(story.moved.workspace.hooks.all).toEqual([]);
  expect(await story.listStates()).toEqual({ connect: 'live', access_token: 'uninstalled' });
});

it('has every number, row and CSV of the one that stayed', async () => {
  const [one, other] = await story.askBoth();
  expect(one.size).toBeGreaterThan(90);
  expect(findDifferent(one, other)).toEqual([]);
  const route = '/deployments?from=2024-06-15&to=2024-07-15&limit=500';
  const { product } = story.moved;
  expect((await product.api(route, { session: story.key })).body).toEqual(await product.get(route));
  expect(await story.countNotices()).toEqual([0, 0].map(() => ({ waiting: 0, unreadable: 0 })));
});

it('read nothing of the history again', () => {
  // Every repository is compared at each of two moves and in the end, and asked for what moved until there is a webhook;
  // a check of the token looks at one of them.
  expect(countLists(story.moved)).toBeLessThanOrEqual(5 * story.moved.workspace.repositories.size);
  expect([listRead(story.still), listRead(story.moved)]).toEqual([[], []]);
});
