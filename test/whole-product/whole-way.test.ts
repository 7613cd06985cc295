import { answerBothReviews, readBothForms } from '../support/product/compare-reviews';
import {
  answerBothDeliveries,
  cutDigits,
  drawQuestion,
  inOrder,
  listAll,
  setZone,
  toIncidentItem,
  toItem,
  toQueryOf,
  without,
} from '../support/product/compare-with-world';
import { startProduct, type RunningProduct } from '../support/product/start-product';
import { createMixedWorld, mixedNow } from '../support/product/mixed-world';
import { listNaiveOpenWork } from '../support/naive/open-work';
import { readNaiveFacts, type NaiveFacts } from '../support/naive/read-world';
import { readNaiveReviews, type NaiveReview } from '../support/naive/reviews';
import { createChance } from '../../simulator/world/random';
import type { Workspace, World } from '../../simulator/world/model';
import { waitUntil } from '../support/product/wait-until';
import { databaseKinds } from '../support/test-database';

interface WorkInProgress extends Readonly<Record<'open' | 'reviewed' | 'approved', number>> {
  readonly as_of: string;
  readonly items: readonly Record<string, unknown>[];
}

const everything = 'from=2023-01-01&to=2024-12-31';
const parts = Number(process.env['PARTS'] ?? 4);

function workspaceOf(world: World): Workspace {
  const [workspace] = world.workspaces;
  if (workspace === undefined) throw new Error('The world is empty.');
  return workspace;
}

describe.each(databaseKinds)('After an install and an import on %s,', (kind) => {
  const world = createMixedWorld({ seed: 7, pullRequests: kind === 'sqlite' ? 75 : 20 });
  const workspace = workspaceOf(world);
  let product: RunningProduct;
  let facts: NaiveFacts;
  let reviews: NaiveReview[];

  beforeAll(async () => {
    product = await startProduct({ world, kind });
    await product.install();
    await product.untilImported();
    await product.untilQuiet(120_000);
    facts = readNaiveFacts(workspace);
    reviews = readNaiveReviews(facts.merges, facts.bots);
  }, 240_000);

  afterAll(async () => product.close());

  it('the deployments, their changes and their teams are those of the world', async () => {
    const found = await listAll(product, '/deployments', everything);

    expect(without(found, 'url', 'teams_as_of')).toEqual(inOrder(facts.deployments.map(toItem), 'deploy_id'));
    expect(new Set(found.map((one) => one['teams_as_of']))).toEqual(new Set(['import']));
    expect(facts.deployments.some(({ isComplete }) => !isComplete)).toBe(true);
  });

  it('the incidents are those of the world', async () => {
    const found = await listAll(product, '/incidents', everything);

    expect(without(found, 'url')).toEqual(inOrder(facts.incidents.map(toIncidentItem), 'incident_id'));
    expect(found.length).toBeGreaterThan(5);
  });

  // A hundred questions in four parts, so that a slow machine shows that it goes on; `PARTS=8` asks two hundred.
  it.each(kind === 'sqlite' ? Array.from({ length: parts }, (_, index) => index + 1) : [9])(
    'every number equals a naive calculation, and its CSV, whatever the filter, zone and interval (part %i)',
    async (part) => {
      const session = await product.openPage('settings');
      const chance = createChance(20_261_122 + part);
      for (let round = 0; round < (kind === 'sqlite' ? 25 : 10); round += 1) {
        const question = drawQuestion(chance, workspace, mixedNow);
        await setZone(product, session, question.zone);
        const delivered = await answerBothDeliveries(product, facts, question);
        const reviewed = await answerBothReviews(product, reviews, question);

        expect({ question, report: delivered.found }).toEqual({ question, report: delivered.expected });
        expect({ question, report: reviewed.found }).toEqual({ question, report: reviewed.expected });
        // The other form of the same numbers, every fifth time.
        const forms = [
          ['/metrics/accelerate', delivered],
          ['/metrics/reviews', reviewed],
        ] as const;
        for (const [route, { report }] of round % 5 === 0 ? forms : []) {
          const { csv, json } = await readBothForms(product, route, { report, question });
          expect({ question, csv }).toEqual({ question, csv: json });
        }
      }
    },
  );

  it('the work in progress is that of the world, whatever the filter', async () => {
    const chance = createChance(7);
    for (let round = 0; round < (kind === 'sqlite' ? 40 : 5); round += 1) {
      const question = drawQuestion(chance, workspace, mixedNow);
      const route = `/metrics/work-in-progress?${toQueryOf(question)}`;
      const report = await product.get<WorkInProgress>(route);
      const expected = listNaiveOpenWork(facts.open, question, { bots: facts.bots, now: Date.parse(report.as_of) });
      const found = without(report.items, 'url', 'author', 'merged_at');

      expect({ question, found: cutDigits(found) }).toEqual({ question, found: cutDigits(expected) });
      expect(report.open + report.reviewed + report.approved).toBe(expected.length);
    }
  });

  it('systems and teams to filter by are those of the workspace', async () => {
    const systems = await product.get<{ items: { uuid: string }[] }>('/systems');
    const teams = await product.get<{ items: { slug: string }[] }>('/teams');

    expect(systems.items.map(({ uuid }) => uuid).sort()).toEqual([...workspace.repositories.keys()].sort());
    expect(teams.items.map(({ slug }) => slug).sort()).toEqual(
      workspace.groups
        .filter(({ memberUuids }) => memberUuids.length > 1)
        .map(({ slug }) => slug)
        .sort(),
    );
  });

  it('deployments and incidents stand in the database as rows, and are those that the API lists', async () => {
    const { deliveries, workspaces } = product.stores;
    await waitUntil(
      async () => {
        const version = (await workspaces.get(workspace.uuid))?.version;
        return (await deliveries.getVersion(workspace.uuid)) === version ? true : null;
      },
      { withinMs: 60_000, what: 'the rows to follow' },
    );
    const rows = await deliveries.read(workspace.uuid);
    const deployments = await listAll(product, '/deployments', everything);
    const incidents = await listAll(product, '/incidents', everything);
    const changes = deployments.flatMap(({ deploy_id, changes }) =>
      (changes as { change_id: string; time_created: string }[]).map((one) => ({ deploy_id, ...one })),
    );

    expect(rows.deployments.map(({ deployId }) => deployId)).toEqual(pick(deployments, 'deploy_id').sort());
    expect(rows.teams).toHaveLength(pick(deployments, 'teams').flat().length);
    expect(new Set(rows.changes.map((one) => `${one.deployId} ${one.changeId} ${one.createdAt}`))).toEqual(
      new Set(changes.map((one) => `${String(one.deploy_id)} ${one.change_id} ${Date.parse(one.time_created)}`)),
    );
    expect(rows.incidents.map(({ incidentId, deployId }) => [incidentId, deployId])).toEqual(
      incidents.map(({ incident_id, deploy_id }) => [incident_id, deploy_id]).sort(),
    );
  });
});

function pick(items: readonly Record<string, unknown>[], name: string): unknown[] {
  return items.map((item) => item[name]);
}
