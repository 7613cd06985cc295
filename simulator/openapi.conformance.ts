import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { createSampleWorld } from './world/growth/sample-world';
import { startSimulator, type Simulator } from './simulator';
import { connect, startTestApp, testAppKey, type TestApp } from './test-app';
import { createAsk, type Ask } from './ask';
import { apiTokenScopes } from './access/static-tokens';
import { hookEvents } from './rest/hook-events';

const shared = process.env['DRUMBEAT_SHARED'] ?? path.resolve(__dirname, '../../shared');

type Schema = Record<string, unknown>;

/** The description forgets that these may be null; captured replies show it. */
const nullable = new Set([
  ...['merge_commit', 'closed_by', 'author', 'parent', 'mainbranch', 'participated_on', 'old', 'new', 'website'],
  ...['has_2fa_enabled', 'repository', 'commit'],
]);

/** A Swagger 2 definition as JSON Schema. Captured objects hold more than the description's closed objects allow. */
function loosen(schema: unknown, name = ''): unknown {
  if (Array.isArray(schema)) {
    return schema.map((one) => loosen(one));
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema;
  }
  const isPage = String((schema as Schema)['title']).startsWith('Paginated');
  const entries = Object.entries(schema).filter(
    ([key]) => key !== 'discriminator' && key !== 'example' && (key !== 'additionalProperties' || isPage),
  );
  const inner = Object.fromEntries(
    entries.map(([key, value]): [string, unknown] => [
      key,
      key === 'properties' ? loosenProperties(value) : loosen(value),
    ]),
  );
  const isNullable = nullable.has(name) || JSON.stringify((schema as Schema)['enum'] ?? '').includes('null');
  return isNullable ? { anyOf: [inner, { type: 'null' }] } : inner;
}

function loosenProperties(properties: unknown): unknown {
  return Object.fromEntries(Object.entries(properties as Schema).map(([name, one]) => [name, loosen(one, name)]));
}

function compile(): (definition: string) => ValidateFunction {
  const file = path.join(shared, 'openapi/bitbucket-cloud-2026-08.json');
  const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as { definitions: Record<string, unknown> };
  const ajv = new Ajv({ strict: false, allErrors: true, discriminator: false });
  ajv.addFormat('date-time', (text: string) => !Number.isNaN(Date.parse(text)) && /T.*(Z|[+-]\d\d:\d\d)$/u.test(text));
  ajv.addFormat('uri', (text: string) => URL.canParse(text));
  const loosened = Object.fromEntries(Object.entries(definitions).map(([name, one]) => [name, loosen(one)]));
  ajv.addSchema({ $id: 'bitbucket', definitions: loosened });
  return (definition) => ajv.compile({ $ref: `bitbucket#/definitions/${definition}` });
}

let app: TestApp;
let simulator: Simulator;
let ask: Ask;
const validatorFor = compile();
const base = '/2.0/repositories/acme/payments';
const byEmail = 'q=user.email%20IN%20(%22amara.okafor%40acme.example%22)';
const allStates = 'state=OPEN&state=MERGED&state=DECLINED&state=SUPERSEDED';

beforeAll(async () => {
  app = await startTestApp();
  simulator = await startSimulator({ world: createSampleWorld(5, Date.UTC(2026, 10, 20)), appKey: testAppKey });
  ask = await connect(simulator, app);
});

afterAll(async () => {
  await simulator.close();
  await app.close();
});

function listFaults(definition: string, body: unknown): unknown[] {
  const isValid = validatorFor(definition);
  isValid(body);
  return isValid.errors ?? [];
}

/** An API token of an administrator who may read and make everything. */
function createOwnerToken(): string {
  const { ownerUuid } = simulator.room.findWorkspace('acme');
  const scopes = [...apiTokenScopes, 'read:project:bitbucket'];
  return simulator.credentials.createApiToken(ownerUuid, { scopes }).authorization;
}

function captured(name: string): Record<string, unknown>[] {
  const body = JSON.parse(readFileSync(path.join(shared, 'captures/api', name), 'utf8')) as { values: [] };
  return body.values;
}

describe('The replies agree with the description of the API', () => {
  it.each([
    ['account', '/2.0/user'],
    ['paginated_workspace_access', '/2.0/user/workspaces'],
    ['workspace', '/2.0/workspaces/acme'],
    ['paginated_workspace_memberships', '/2.0/workspaces/acme/members?pagelen=100'],
    ['paginated_workspace_memberships', '/2.0/workspaces/acme/permissions?pagelen=100'],
    ['paginated_workspace_memberships', '/2.0/workspaces/acme/permissions?q=permission%3D%22owner%22&pagelen=100'],
    ['paginated_repository_permissions', '/2.0/workspaces/acme/permissions/repositories?pagelen=100'],
    ['paginated_repository_permissions', '/2.0/workspaces/acme/permissions/repositories/payments'],
    ['paginated_repositories', '/2.0/repositories/acme?pagelen=100'],
    ['paginated_repositories', '/2.0/repositories/acme?sort=-updated_on&pagelen=2&page=2'],
    ['repository', base],
    ['paginated_pullrequests', `${base}/pullrequests?${allStates}&pagelen=50&page=3`],
    ['paginated_pullrequests', `${base}/pullrequests?${allStates}&pagelen=50&fields=%2Bvalues.participants`],
    ['paginated_pullrequests', `/2.0/repositories/acme/storefront-web/pullrequests?${allStates}&pagelen=50`],
    ['pullrequest', `${base}/pullrequests/7`],
    ['paginated_changeset', `${base}/pullrequests/14/commits`],
    ['paginated_changeset', `${base}/commits?pagelen=100`],
    ['paginated_changeset', `${base}/commits/master`],
    ['paginated_branches', `${base}/refs/branches`],
    ['branch', `${base}/refs/branches/master`],
    ['error', `${base}/pullrequests/999999`],
    ['error', '/2.0/repositories/acme/nothing'],
  ])('%s: %s', async (definition, address) => {
    expect(listFaults(definition, (await ask(address)).body)).toStrictEqual([]);
  });

  it.each([
    ['account', '/2.0/user'],
    ['paginated_workspace_access', '/2.0/user/workspaces?sort=slug&pagelen=1'],
    ['workspace_membership', '/2.0/user/workspaces/acme/permission'],
    ['paginated_repository_permissions', '/2.0/user/workspaces/acme/permissions/repositories'],
    ['paginated_deployments', `${base}/deployments?pagelen=1`],
    ['paginated_webhook_subscriptions', '/2.0/workspaces/acme/hooks'],
    ['paginated_hook_events', '/2.0/hook_events/workspace?pagelen=100'],
    ['paginated_workspace_memberships', `/2.0/workspaces/acme/members?${byEmail}&fields=%2Bvalues.user.email`],
    ['error', '/2.0/workspaces/nothing'],
  ])('to a person, %s: %s', async (definition, address) => {
    const askAsPerson = createAsk(simulator, createOwnerToken());
    const { status, body } = await askAsPerson(address);
    expect([status < 300, listFaults(definition, body)]).toStrictEqual([definition !== 'error', []]);
  });

  it.each(['/2.0/workspaces/acme/hooks', `${base}/hooks`])('a webhook of %s', async (hooks) => {
    const askAsPerson = createAsk(simulator, createOwnerToken());
    const events = hookEvents.map(({ event }) => event);
    const made = await askAsPerson(hooks, { method: 'POST', body: { url: 'https://example.com/', events } });
    const { uuid } = made.body as { uuid: string };
    const one = `${hooks}/${encodeURIComponent(uuid)}`;
    const bodies = [made.body, (await askAsPerson(one)).body];
    expect(bodies.map((body) => listFaults('webhook_subscription', body))).toStrictEqual([[], []]);
    expect(listFaults('paginated_webhook_subscriptions', (await askAsPerson(hooks)).body)).toStrictEqual([]);
    expect(listMissing({ ...captured('hooks/go-scm-2.json')[0], subject: null }, made.body)).toStrictEqual([]);
    expect((await askAsPerson(one, { method: 'DELETE' })).status).toBe(204);
  });

  it('an access token as a user', async () => {
    const token = simulator.credentials.createWorkspaceToken();
    expect(listFaults('account', (await createAsk(simulator, token.authorization)('/2.0/user')).body)).toStrictEqual(
      [],
    );
  });

  it('pull requests under state words of their own', async () => {
    const { habits, repositories } = simulator.room.findWorkspace('acme');
    Object.assign(habits, { drafts: 'word', queued: 'word' });
    const all = [...repositories.values()].flatMap((one) => [...one.pullRequests.values()].map((pr) => ({ one, pr })));
    const [draft, plain] = [true, false].map((isDraft) =>
      all.find(({ pr }) => pr.state === 'OPEN' && pr.isDraft === isDraft),
    );
    if (plain !== undefined) plain.pr.isQueued = true;
    const isValid = validatorFor('pullrequest');
    const states: unknown[] = [];
    for (const found of [draft, plain]) {
      const path = `/2.0/repositories/acme/${found?.one.slug ?? ''}/pullrequests/${found?.pr.id ?? 0}`;
      const { body } = await ask(path);
      expect([isValid(body), isValid.errors]).toStrictEqual([true, null]);
      states.push((body as Schema)['state']);
    }
    expect(states).toStrictEqual(['DRAFT', 'QUEUED']);
  });

  it('commit and diffstat, reached from a pull request', async () => {
    const { body } = await ask(`${base}/pullrequests/9`);
    const { links, source } = body as { links: { diffstat: { href: string } }; source: { commit: { hash: string } } };
    const isDiffstat = validatorFor('paginated_diffstats');
    isDiffstat((await ask(links.diffstat.href)).body);
    const isCommit = validatorFor('commit');
    isCommit((await ask(`${base}/commit/${source.commit.hash}`)).body);
    expect([...(isDiffstat.errors ?? []), ...(isCommit.errors ?? [])]).toStrictEqual([]);
  });
});

/** Every member that the captured object has, ours has, of the same type. */
function listMissing(theirs: unknown, ours: unknown, at = ''): string[] {
  if (theirs === null || ours === null) {
    return [];
  }
  if (typeof theirs !== typeof ours) {
    return [`${at}: ${typeof ours}`];
  }
  const members = typeof theirs === 'object' && !Array.isArray(theirs) ? Object.entries(theirs) : [];
  return members.flatMap(([name, member]) => listMissing(member, (ours as Schema)[name], `${at}.${name}`));
}

describe('The activity, which the description leaves open, looks like what was captured', () => {
  it.each([
    ['comment', 'pullrequest-activity/spec-1.json'],
    ['update', 'pullrequest-activity/spec-2.json'],
    ['approval', 'pullrequest-activity/spec-3.json'],
  ])('%s', async (kind, file) => {
    const { body } = await ask(`${base}/pullrequests/activity?pagelen=50`);
    const entries = (body as { values: Schema[] }).values;
    const isLike = (entry: Schema): boolean =>
      kind in entry && (kind !== 'comment' || 'inline' in (entry[kind] as Schema));
    const ours = entries.find(isLike);
    expect(listMissing(captured(file)[0], ours)).toStrictEqual([]);
  });
});
