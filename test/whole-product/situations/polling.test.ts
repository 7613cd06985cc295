import { planPolling } from '../../../src/ingestion/reconciliation/poll';
import { answerBothDeliveries, drawQuestion } from '../../support/product/compare-with-world';
import { readNaiveFacts } from '../../support/naive/read-world';
import { createChance } from '../../../simulator/world/random';
import { listActs, readNumbers, repositoriesOfActs } from '../../support/situation/list-acts';
import { everything, readCompleteness, readImport } from '../../support/situation/read-situation';
import { hour, minute, startSituation, type Situation } from '../../support/situation/situation';

const open: Situation[] = [];
afterEach(async () => {
  for (const situation of open.splice(0)) await situation.close();
});

async function start(): Promise<Situation> {
  const situation = await startSituation({ repositories: repositoriesOfActs });
  open.push(situation);
  await situation.install();
  return situation;
}

const workspaceOf = ({ simulator }: Situation) => simulator.room.findWorkspace(undefined);

/** The first look falls into it. */
const aBeginning = 4 * minute;

/** As a door does that cannot have Bitbucket call it. */
async function beginPolling(situation: Situation): Promise<void> {
  const { clock, product } = situation;
  const { connections } = product.stores;
  const connection = await connections.getLive(workspaceOf(situation).uuid);
  if (connection === null) throw new Error('The workspace is not connected.');
  await connections.noteTerms(connection, { hearing: 'polling' });
  await planPolling({ stores: product.stores, clock }, connection.workspace);
  await situation.advance(aBeginning);
}

/** Lets all happen in each of them, one after another; a look of every two minutes falls between two acts. */
async function liveOn(told: Situation, polled: readonly Situation[]): Promise<void> {
  const acts = polled.map((one) => listActs(one, { isKept: true }));
  for (const [index, act] of listActs(told, { isKept: true }).entries()) {
    await told.tell(act());
    await told.advance(2 * minute);
    for (const [place, one] of polled.entries()) {
      acts[place]?.[index]?.();
      await one.advance(3 * minute);
    }
  }
  // What no look shows is found by the comparison of an hour later.
  for (const one of [told, ...polled]) {
    one.clock.advance(hour);
    await one.advance(4 * minute);
  }
}

async function compareWithWorld(polled: Situation): Promise<void> {
  expect((await readImport(polled)).problems).toEqual([]);
  const facts = readNaiveFacts(workspaceOf(polled));
  expect(facts.deployments.length).toBeGreaterThan(3);
  const chance = createChance(5);
  for (let round = 0; round < 10; round += 1) {
    const question = { ...drawQuestion(chance, workspaceOf(polled), polled.clock.now()), zone: 'UTC' };
    const { found, expected } = await answerBothDeliveries(polled, facts, question);
    expect({ question, found }).toEqual({ question, found: expected });
  }
}

describe('A workspace that nobody calls about', () => {
  it('has the numbers of one that is told everything, whatever a comment moves', async () => {
    const told = await start();
    const polled: Situation[] = [];
    for (const commentsMove of ['repository', 'pull request alone'] as const) {
      const one = await start();
      workspaceOf(one).habits.commentsMove = commentsMove;
      await beginPolling(one);
      polled.push(one);
    }
    await told.advance(aBeginning);
    await liveOn(told, polled);

    const numbers = await readNumbers(told, everything);
    for (const one of polled) {
      const { commentsMove } = workspaceOf(one).habits;
      expect({ commentsMove, ...(await readNumbers(one, everything)) }).toEqual({ commentsMove, ...numbers });
      await compareWithWorld(one);
    }
  });

  it('costs thirty requests an hour while it sleeps, beside those of the comparison', async () => {
    const polled = await start();
    await beginPolling(polled);
    const countRequests = async (length: number): Promise<number> => {
      const before = polled.simulator.requests.entries.length;
      await polled.advance(length);
      return polled.simulator.requests.entries.length - before;
    };
    const inHours = (await countRequests(2 * hour)) / 2;
    expect(inHours).toBeGreaterThanOrEqual(30);
    // The list of repositories, two comparisons, the workspace, its groups and its administrators.
    expect(inHours).toBeLessThanOrEqual(38);
    expect((await readCompleteness(polled)).verified_at).not.toBeNull();
  });
});
