import { createMixedWorld, mixedNow } from '../../support/product/mixed-world';
import { expectWorld, restrictWorkspace } from '../../support/product/expect-world';
import { live } from '../../support/product/live-days';
import { startTokenProduct, type TokenProduct } from '../../support/product/start-token-product';
import { testClock } from '../../support/test-clock';
import type { ConnectResult } from '../../../src/doors/access-token/connect-workspace';
import type { ImportStatus } from '../../../src/ingestion/progress/import-status';
import type { StaticToken } from '../../../simulator/access/static-token';
import type { Simulator } from '../../../simulator/simulator';
import type { Repository, Workspace } from '../../../simulator/world/model';

/** History and live notices through the access-token door are those of the world, as they are through Connect. */

interface Given {
  readonly form: string;
  readonly make: (simulator: Simulator, workspace: Workspace) => StaticToken;
  readonly repositories: readonly string[] | null;
  readonly areGroupsShown: boolean;
}

const all: readonly Given[] = [
  {
    form: 'an access token of the workspace',
    make: ({ credentials }) => credentials.createWorkspaceToken(),
    ...{ repositories: null, areGroupsShown: false },
  },
  {
    form: 'the API token of an administrator',
    make: ({ credentials }, { ownerUuid }) => credentials.createApiToken(ownerUuid),
    ...{ repositories: null, areGroupsShown: true },
  },
  {
    form: 'an access token of one repository',
    make: ({ credentials }) => credentials.createRepositoryToken('squash-2'),
    ...{ repositories: ['squash-2'], areGroupsShown: false },
  },
];

const day = 86_400_000;
const toHour = (at: number): number => Math.floor(at / 3_600_000) * 3_600_000;

describe.each(all)('Through $form', ({ make, repositories, areGroupsShown }) => {
  let product: TokenProduct;
  let workspace: Workspace;
  let connected: ConnectResult;
  const isWanted = ({ slug }: Repository): boolean => repositories?.includes(slug) ?? true;
  const see = (): Workspace => restrictWorkspace(workspace, { isWanted, areGroupsShown });

  beforeAll(async () => {
    product = await startTokenProduct({ world: createMixedWorld({ seed: 7, pullRequests: 5 }) });
    workspace = product.simulator.room.findWorkspace(undefined);
    connected = await product.connect(make(product.simulator, workspace), { repositories });
    await product.untilImported();
    await product.untilQuiet();
  });
  afterAll(() => product.close());

  it('the history is that of the world', async () => {
    expect(connected).toMatchObject({ outcome: 'connected', hook: { result: 'made' } });
    const found = await expectWorld(product, see(), { seed: 1, questions: 4, until: mixedNow });
    expect(found.deployments).toBeGreaterThan(repositories === null ? 10 : 2);
  });

  it('live notices keep it so, and are all taken', async () => {
    const days = { repositories: ['merge-commit-1', 'squash-2', 'rebase-4'], pullRequests: 5, seed: 3 };
    const people = [...workspace.people.keys()].slice(0, 6);
    for (const notices of live(product.simulator, { ...days, people, from: toHour(testClock.now() - 2 * day) })) {
      const deliveries = await product.simulator.deliverAll(notices);
      const statuses = deliveries.flatMap(({ hooks = [] }) => hooks.map(({ status }) => status));
      expect(new Set(statuses)).toEqual(new Set(statuses.length === 0 ? [] : [204]));
    }
    await product.untilQuiet();
    await expectWorld(product, see(), { seed: 2, questions: 4, until: testClock.now() });
    const { notices, problems } = await product.get<ImportStatus>('/import');
    expect({ notices, problems }).toEqual({ notices: { waiting: 0, unreadable: 0 }, problems: [] });
  });

  it('no request was made that the token may not', async () => {
    const { entries } = product.simulator.requests;
    const refused = new Set(entries.filter(({ status }) => status === 403).map(({ route }) => route));
    expect(entries.filter(({ status }) => status === 401)).toEqual([]);
    const expected = /^(1\.0\/groups|2\.0\/workspaces\/:workspace(\/(permissions|members))?$)/u;
    expect([...refused].filter((route) => !expected.test(route))).toEqual([]);
  });
});
