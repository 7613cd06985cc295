import {
  answerBoth,
  drawQuestion,
  inOrder,
  listAll,
  toIncidentItem,
  toItem,
  without,
} from '../testing/house/compare-with-world';
import { startHouse, type House } from '../testing/house/house';
import { createMixedWorld, mixedNow } from '../testing/house/mixed-world';
import { readNaiveFacts, type NaiveFacts } from '../testing/house/naive-facts';
import { createChance } from '../simulator/world/random';
import type { Workspace, World } from '../simulator/world/model';
import { databaseKinds } from '../testing/test-database';

const everything = 'from=2023-01-01&to=2024-12-31';

function workspaceOf(world: World): Workspace {
  const [workspace] = world.workspaces;
  if (workspace === undefined) throw new Error('The world is empty.');
  return workspace;
}

describe.each(databaseKinds)('install, import, ask, on %s', (kind) => {
  const world = createMixedWorld({ seed: 7, pullRequests: kind === 'sqlite' ? 75 : 20 });
  const workspace = workspaceOf(world);
  let house: House;
  let facts: NaiveFacts;

  beforeAll(async () => {
    house = await startHouse({ world, kind });
    await house.install();
    await house.untilImported();
    facts = readNaiveFacts(workspace);
  });

  afterAll(async () => house.close());

  it('the deployments, their changes and their teams are those of the world', async () => {
    const found = await listAll(house, '/deployments', everything);

    expect(without(found, 'url', 'teams_as_of')).toEqual(inOrder(facts.deployments.map(toItem), 'deploy_id'));
    expect(new Set(found.map((one) => one['teams_as_of']))).toEqual(new Set(['import']));
    expect(facts.deployments.some(({ complete }) => !complete)).toBe(true);
  });

  it('the incidents are those of the world', async () => {
    const found = await listAll(house, '/incidents', everything);

    expect(without(found, 'url')).toEqual(inOrder(facts.incidents.map(toIncidentItem), 'incident_id'));
    expect(found.length).toBeGreaterThan(5);
  });

  it('every Accelerate number equals a naive calculation, whatever the filter, zone and interval', async () => {
    const session = await house.openPage('settings');
    const chance = createChance(20_261_122);
    for (let round = 0; round < (kind === 'sqlite' ? 40 : 10); round += 1) {
      const question = drawQuestion(chance, workspace, mixedNow);
      const { found, expected } = await answerBoth(house, { facts, question, session });

      expect({ question, report: found }).toEqual({ question, report: expected });
    }
  });

  it('systems and teams to filter by are those of the workspace', async () => {
    const systems = await house.get<{ items: { uuid: string }[] }>('/systems');
    const teams = await house.get<{ items: { slug: string }[] }>('/teams');

    expect(systems.items.map(({ uuid }) => uuid).sort()).toEqual([...workspace.repositories.keys()].sort());
    expect(teams.items.map(({ slug }) => slug).sort()).toEqual(
      workspace.groups
        .filter(({ memberUuids }) => memberUuids.length > 1)
        .map(({ slug }) => slug)
        .sort(),
    );
  });
});
