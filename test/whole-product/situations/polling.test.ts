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

/** As a door does that cannot have Bitbucket call it. */
async function beginPolling(situation: Situation): Promise<void> {
  const { connections } = situation.product.stores;
  const connection = await connections.getLive(workspaceOf(situation).uuid);
  if (connection === null) throw new Error('The workspace is not connected.');
  await connections.noteTerms(connection, { hearing: 'polling' });
  await situation.advance(hour);
}

describe('A workspace that nobody calls about', () => {
  it.each(['repository', 'pull request alone'] as const)(
    'has the numbers of one that is told everything (a comment moves the %s)',
    async (commentsMove) => {
      const [told, polled] = [await start(), await start()];
      workspaceOf(polled).habits.commentsMove = commentsMove;
      await beginPolling(polled);
      await told.advance(hour);
      const acts = [listActs(told, { isKept: true }), listActs(polled, { isKept: true })] as const;
      for (const [index, act] of acts[0].entries()) {
        await told.tell(act());
        await told.advance(9 * minute);
        acts[1][index]?.();
        await polled.advance(10 * minute);
      }
      await told.advance(hour);
      await polled.advance(hour);

      expect(await readNumbers(polled, everything)).toEqual(await readNumbers(told, everything));
      expect((await readImport(polled)).problems).toEqual([]);
      const facts = readNaiveFacts(workspaceOf(polled));
      expect(facts.deployments.length).toBeGreaterThan(3);
      const chance = createChance(5);
      for (let round = 0; round < 10; round += 1) {
        const question = { ...drawQuestion(chance, workspaceOf(polled), polled.clock.now()), zone: 'UTC' };
        const { found, expected } = await answerBothDeliveries(polled, facts, question);
        expect({ question, found }).toEqual({ question, found: expected });
      }
    },
  );

  it('costs thirty requests an hour while it sleeps, beside those of the comparison', async () => {
    const polled = await start();
    await beginPolling(polled);
    const countRequests = async (length: number): Promise<number> => {
      const before = polled.simulator.requests.entries.length;
      await polled.advance(length);
      return polled.simulator.requests.entries.length - before;
    };
    const inHours = (await countRequests(4 * hour)) / 4;
    expect(inHours).toBeGreaterThanOrEqual(30);
    // The list of repositories, two comparisons, the workspace, its groups and its administrators.
    expect(inHours).toBeLessThanOrEqual(38);
    expect((await readCompleteness(polled)).verified_at).not.toBeNull();
  });
});
