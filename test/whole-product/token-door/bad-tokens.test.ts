import { createAccount } from '../../../simulator/world/people';
import { accessTokenScopes, apiTokenScopes } from '../../../simulator/access/static-tokens';
import { createEmptyWorld } from '../../../simulator/world/growth/sample-world';
import type { Check } from '../../../src/doors/access-token/checks/check';
import type { ConnectRequest } from '../../../src/doors/access-token/connect-workspace';
import { startTokenProduct, type GivenToken, type TokenProduct } from '../../support/product/start-token-product';
import { createShiftedClock, type ShiftedClock } from '../../support/shifted-clock';

/** Tokens that do not do: refused in words that name the way out, and nothing is another than before. */

const [ada, ben] = [createAccount('Ada Owner'), createAccount('Ben Author')];
const hour = 3_600_000;
const createdAt = Date.UTC(2024, 1, 1, 12);
let product: TokenProduct;
let clock: ShiftedClock;

beforeEach(async () => {
  clock = createShiftedClock();
  const world = createEmptyWorld({ slug: 'acme', people: [ada, ben] }, { slug: 'rival', people: [ada, ben] });
  product = await startTokenProduct({ world, clock });
  for (const workspace of ['acme', 'rival']) {
    product.simulator.repositories.createRepository({ workspace, slug: 'shop', at: createdAt });
  }
});
afterEach(() => product.close());

/** What is connected, how, with which hooks here and at Bitbucket, and what is to be done; no notes of checks. */
async function readState(): Promise<unknown> {
  const { connections, webhooks, workspaces, database } = product.stores;
  const known = await workspaces.list();
  const jobs = await database.read('SELECT workspace, kind, key FROM jobs ORDER BY workspace, kind, key', []);
  const hooks = await Promise.all(known.map(({ uuid }) => webhooks.list(uuid)));
  const theirs = product.simulator.world.workspaces.map((one) => one.hooks.all);
  return structuredClone({ known, connections: await connections.list(), jobs, hooks, theirs });
}

type Sought = Pick<Check, 'step' | 'sentence' | 'wayOut'>;
const text = (part: string): string => expect.stringContaining(part) as string;
const found = (step: Sought['step'], sentence: string, wayOut: string) => ({
  ...{ step, sentence: text(sentence), wayOut: text(wayOut) },
});

async function expectRefused(token: GivenToken, sought: object, more: Partial<ConnectRequest> = {}): Promise<void> {
  const before = await readState();
  const { outcome, preflight, hook } = await product.connect(token, more);
  expect({ outcome, hook }).toEqual({ outcome: 'refused', hook: null });
  expect(preflight.checks.find(({ result }) => result === 'failed')).toMatchObject(sought);
  expect(await readState()).toEqual(before);
  const methods = product.simulator.requests.entries.map(({ method }) => method);
  expect(new Set(methods)).toEqual(new Set(methods.length === 0 ? [] : ['GET']));
  expect(JSON.stringify(preflight)).not.toContain(token.secret);
}

const unknownToken = found('workspace', 'Bitbucket does not know this token', 'Make a new token');
const credentials = () => product.simulator.credentials;

describe('A token is refused in words, and nothing is changed,', () => {
  it('that Bitbucket does not know', async () => {
    const { secret, email } = credentials().createWorkspaceToken();
    await expectRefused({ secret: `${secret.slice(0, -3)}abc`, email }, unknownToken);
  });

  it('that has expired', async () => {
    await expectRefused(credentials().createWorkspaceToken({ expiresAt: clock.now() - 1 }), unknownToken);
  });

  it('that was revoked', async () => {
    const token = credentials().createWorkspaceToken();
    token.revoke();
    await expectRefused(token, unknownToken);
  });

  it('of a person whose address is another', async () => {
    const token = credentials().createApiToken(ada.uuid);
    const sought = found('workspace', 'does not know this e-mail address and token', 'Make a new token');
    await expectRefused(token, sought, { email: 'somebody@else.example' });
  });

  it('of a person, without the address', async () => {
    const sought = found('token', 'needs the e-mail address', '--email');
    await expectRefused(credentials().createApiToken(ada.uuid), sought, { email: null });
  });

  it('of another workspace', async () => {
    const token = credentials().createWorkspaceToken({ workspace: 'rival' });
    await expectRefused(token, found('workspace', 'Bitbucket knows no workspace acme', 'short name'));
  });

  it('of another workspace where this one is public', async () => {
    const token = credentials().createWorkspaceToken({ workspace: 'rival' });
    product.simulator.access.setPrivacy({ workspace: 'acme', isPrivate: false });
    await expectRefused(token, found('repositories', 'Is it a token of another workspace?', 'settings of acme'));
    product.simulator.access.setPrivacy({ workspace: 'acme', repository: 'shop', isPrivate: false });
    await expectRefused(token, found('repositories', 'Is it a token of another workspace?', 'settings of acme'));
  });

  it('for a workspace that is not there', async () => {
    const workspaceName = 'nowhere';
    const { preflight, outcome } = await product.connections.connect({
      ...{ workspaceName, token: credentials().createWorkspaceToken().secret, email: null, repositories: null },
      ...{ expiresAt: null, withHook: true },
    });
    expect({ outcome, check: preflight.checks.at(-1) }).toMatchObject({
      ...{ outcome: 'refused', check: found('workspace', 'knows no workspace nowhere', 'short name') },
    });
    expect(await product.stores.workspaces.list()).toEqual([]);
  });

  it('of one repository for another one, or for the whole workspace', async () => {
    product.simulator.repositories.createRepository({ slug: 'pay', at: createdAt });
    const token = credentials().createRepositoryToken('shop');
    await expectRefused(token, found('repositories', 'pay', 'repository'), { repositories: ['shop', 'pay'] });
    await expectRefused(token, found('workspace', 'may not read the workspace', '--repository'));
  });
});

describe('A token that lacks a scope', () => {
  const needed: Readonly<Record<string, Sought['step']>> = { account: 'workspace', pullrequest: 'pull_requests' };
  it.each(Object.entries(needed))('(%s) is refused at the step of it, which is named', async (scope, step) => {
    const scopes = accessTokenScopes.filter((one) => one !== scope);
    await expectRefused(credentials().createWorkspaceToken({ scopes }), found(step, 'may not read', scope));
  });

  it('to read repositories is refused, unless another one implies it', async () => {
    const scopes = accessTokenScopes.filter((one) => one !== 'repository' && one !== 'pullrequest');
    await expectRefused(
      credentials().createWorkspaceToken({ scopes }),
      found('repositories', 'may not read repositories', 'repository'),
    );
  });

  it.each([
    ['webhook', 'webhook'],
    ['pipeline', 'pipelines'],
  ] as const)('(%s) that the rest can do without connects, and the check names it', async (scope, step) => {
    const scopes = accessTokenScopes.filter((one) => one !== scope);
    const { outcome, preflight } = await product.connect(credentials().createWorkspaceToken({ scopes }));
    expect(outcome).toBe('connected');
    const check = preflight.checks.find((one) => one.step === step);
    expect(check).toMatchObject({ result: 'not_allowed', wayOut: text(scope) });
    await product.untilImported();
    const [workspace] = await product.stores.workspaces.list();
    const live = await product.stores.connections.getLive(workspace?.uuid ?? '');
    expect(live?.hearing).toBe(scope === 'webhook' ? 'polling' : 'notices');
  });

  it('of a person names it in the words of API tokens', async () => {
    const lacks = {
      ...{ workspace: 'workspace', repository: 'repositories', pullrequest: 'pull_requests' },
    } as const;
    for (const [name, step] of Object.entries(lacks) as [string, Sought['step']][]) {
      const scopes = apiTokenScopes.filter((one) => one !== `read:${name}:bitbucket`);
      await expectRefused(
        credentials().createApiToken(ada.uuid, { scopes }),
        found(step, 'may not read', `read:${name}:bitbucket`),
      );
    }
  });
});

describe('A workspace that is connected', () => {
  const connect = async (): Promise<void> => {
    expect((await product.connect(credentials().createWorkspaceToken())).outcome).toBe('connected');
    await product.untilImported();
    await product.untilQuiet();
    product.simulator.requests.clear();
  };

  it('keeps its token where the next one does not do', async () => {
    await connect();
    const expired = credentials().createWorkspaceToken({ expiresAt: clock.now() - hour });
    const foreign = credentials().createWorkspaceToken({ workspace: 'rival' });
    for (const token of [expired, foreign]) {
      const before = await readState();
      const { outcome } = await product.connections.rotate({ workspaceName: 'acme', token: token.secret });
      expect({ outcome, state: await readState() }).toEqual({ outcome: 'refused', state: before });
    }
  });

  it('is known by its new name after it was renamed, and stays the same one', async () => {
    await connect();
    const workspace = product.simulator.room.findWorkspace('acme');
    workspace.slug = 'acme-renamed';
    const token = credentials().createWorkspaceToken();
    const { outcome, preflight } = await product.connections.rotate({ workspaceName: 'acme', token: token.secret });
    expect({ outcome, name: preflight.workspace?.slug }).toEqual({ outcome: 'rotated', name: 'acme-renamed' });
    expect(await product.stores.workspaces.list()).toMatchObject([{ uuid: workspace.uuid, slug: 'acme-renamed' }]);
  });

  it('is not mixed up with another that has taken its short name', async () => {
    await connect();
    const [acme, rival] = ['acme', 'rival'].map((name) => product.simulator.room.findWorkspace(name));
    if (acme === undefined || rival === undefined) throw new Error('The world is empty.');
    acme.slug = 'acme-renamed';
    rival.slug = 'acme';
    const token = credentials().createWorkspaceToken({ workspace: rival.uuid });
    const sought = found('workspace', 'belongs to somebody else now', 'connect it once by its new name');
    await expectRefused(token, sought, { workspaceName: 'acme' });
  });
});
