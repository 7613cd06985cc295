import type { SimulatorNotice } from '../../../simulator/connect/deliver-notice';
import { uuidOf } from '../../../simulator/world/random';
import { listActs, readNumbers, repositoriesOfActs } from '../../support/situation/list-acts';
import { everything, readImport } from '../../support/situation/read-situation';
import { day, minute, startSituation, type Situation } from '../../support/situation/situation';

let situation: Situation;
let told: SimulatorNotice[];

/** A life, heard as it happens; eight days later it lies still. */
beforeAll(async () => {
  situation = await startSituation({
    repositories: repositoriesOfActs,
    environment: { RECONCILE_MINUTES: '1440' },
  });
  await situation.install();
  told = [];
  for (const act of listActs(situation)) {
    await situation.advance(20 * minute);
    const notices = act();
    told.push(...notices);
    await situation.tell(notices);
  }
  await situation.advance(8 * day);
});
afterAll(() => situation.close());

/** As Bitbucket does: under a name of its own each time. */
const deliverAgain = (notices: readonly SimulatorNotice[], time: string) =>
  situation.simulator.deliverAll(
    notices.map((notice, index) => ({ ...notice, requestUuid: uuidOf(`${time} ${index}`).slice(1, -1) })),
  );

it.each([
  ['in their order', (notices: readonly SimulatorNotice[]) => notices],
  ['backwards', (notices: readonly SimulatorNotice[]) => notices.toReversed()],
])('Every notice of a life, sent again eight days later %s, changes nothing', async (how, order) => {
  const before = await readNumbers(situation, everything);
  const imports = (await readImport(situation)).items;
  const asked = situation.simulator.requests.entries.length;
  expect((before['/deployments'] as { items: unknown[] }).items).toHaveLength(6);

  await deliverAgain(order(told), how);
  await situation.settle();
  await situation.advance(10 * minute);

  expect(await readNumbers(situation, everything)).toEqual(before);
  expect((await readImport(situation)).items).toEqual(imports);
  expect((await readImport(situation)).problems).toEqual([]);
  // Each pull request is looked at again, and no history is.
  const again = situation.simulator.requests.entries.slice(asked).map(({ route }) => route);
  expect(again.filter((route) => /\/commits$/u.test(route) && !route.includes('pullrequests'))).toEqual([]);
  expect(again.length).toBeLessThan(80);
});
