import path from 'node:path';
import {
  answerBothDeliveries,
  drawQuestion,
  inOrder,
  listAll,
  setZone,
  toIncidentItem,
  toItem,
  without,
} from '../support/product/compare-with-world';
import { startProduct, type RunningProduct } from '../support/product/start-product';
import { readNaiveFacts, type NaiveFacts } from '../support/naive/read-world';
import { sharedFolder } from '../support/shared-folder';
import { createChance } from '../../simulator/world/random';
import { loadHistory, readHistoryLines } from '../../simulator/world/history/load-history';
import type { Workspace } from '../../simulator/world/model';

/*
 * The real merged pull requests through the whole product: a simulated Bitbucket that answers as in 2018 and 2019, the
 * import, and the API; compared with a calculation from the world, and with the lines of the file themselves.
 */

const file = path.join(sharedFolder, 'history/merged-pull-requests-2018-2019.ndjson');
const everything = 'from=2015-01-01&to=2024-12-31';
const lines = readHistoryLines(file);
const newest = Math.max(...lines.map((line) => Date.parse(line.merged_at)));

describe.each(['derived', 'main'] as const)('real history, its destinations %s', (destinations) => {
  let product: RunningProduct;
  let facts: NaiveFacts;
  let workspace: Workspace;

  beforeAll(async () => {
    const world = loadHistory(file, { destinations });
    product = await startProduct({ world, environment: { IMPORT_DAYS: '4000' } });
    workspace = world.workspaces[0] as Workspace;
    await product.install();
    await product.untilImported(240_000);
    facts = readNaiveFacts(workspace, 'graph');
  });

  afterAll(async () => product.close());

  it('deployments and incidents are those of the world', async () => {
    const deployments = await listAll(product, '/deployments', everything);
    const incidents = await listAll(product, '/incidents', everything);

    expect(without(deployments, 'url', 'teams_as_of')).toEqual(inOrder(facts.deployments.map(toItem), 'deploy_id'));
    expect(without(incidents, 'url')).toEqual(inOrder(facts.incidents.map(toIncidentItem), 'incident_id'));
  });

  it('a deployment has the merge time, and where its commits can be had the commits, of its line', async () => {
    const deployments = await listAll(product, '/deployments', everything);
    const byNumber = new Map(lines.map((line) => [line.pr, line]));
    const told = deployments.map((one) => ({
      line: byNumber.get(Number(String(one['deploy_id']).split('/').at(-1))),
      at: Date.parse(String(one['time_created'])),
      hashes: (one['changes'] as { change_id: string }[]).map((change) => change.change_id).sort(),
    }));

    expect(told.map(({ at }) => at)).toEqual(told.map(({ line }) => Date.parse(line?.merged_at ?? '')));
    const same = told.filter(
      ({ line, hashes }) => JSON.stringify(hashes) === JSON.stringify(line?.commits.map(({ hash }) => hash).sort()),
    );
    // Where lines contradict each other (a commit in several ranges) no graph agrees with all of them.
    process.stderr.write(
      `${destinations}: ${same.length} of ${told.length} deployments have the commits of their line\n`,
    );
    expect(same.length / told.length).toBeGreaterThan(0.85);
  });

  it('every Accelerate number equals a naive calculation', async () => {
    const session = await product.openPage('settings');
    const chance = createChance(618);
    for (let round = 0; round < 40; round += 1) {
      const question = drawQuestion(chance, workspace, newest);
      await setZone(product, session, question.zone);
      const { found, expected } = await answerBothDeliveries(product, facts, question);
      expect({ question, report: found }).toEqual({ question, report: expected });
    }
  });
});
