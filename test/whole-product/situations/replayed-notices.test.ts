import type { SimulatorNotice } from '../../../simulator/connect/deliver-notice';
import { uuidOf } from '../../../simulator/world/random';
import { listActs, readNumbers, repositoriesOfActs } from '../../support/situation/list-acts';
import { everything, readImport } from '../../support/situation/read-situation';
import { day, hour, minute, startSituation, type Situation } from '../../support/situation/situation';

let situation: Situation;
let told: SimulatorNotice[];

/** A life, heard as it happens. */
beforeEach(async () => {
  situation = await startSituation({
    repositories: repositoriesOfActs,
    environment: { RECONCILE_MINUTES: '720' },
  });
  await situation.install();
  told = [];
  for (const act of listActs(situation)) {
    await situation.advance(3 * hour);
    const notices = act();
    told.push(...notices);
    await situation.tell(notices);
  }
  await situation.advance(10 * minute);
});
afterEach(() => situation.close());

const asDeliveredAgain = (notice: SimulatorNotice, index: number): SimulatorNotice => ({
  ...notice,
  requestUuid: uuidOf(`again ${index}`).slice(1, -1),
});

it.each([
  ['in their order', (notices: readonly SimulatorNotice[]) => notices],
  ['backwards', (notices: readonly SimulatorNotice[]) => notices.toReversed()],
])('Every notice of a life, sent a second time eight days later %s, changes nothing', async (_how, order) => {
  await situation.advance(8 * day);
  const before = await readNumbers(situation, everything);
  const imports = (await readImport(situation)).items;
  const asked = situation.simulator.requests.entries.length;
  expect((before['/deployments'] as { items: unknown[] }).items).toHaveLength(6);

  await situation.simulator.deliverAll(order(told).map(asDeliveredAgain));
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
