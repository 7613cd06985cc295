import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../support/house/wait-until';
import { expectOf } from '../support/stand-in/expectations';
import type { GitPullRequest } from '../support/stand-in/git-world';
import { startStandInHouse, type StandInHouse } from '../support/stand-in/stand-in-house';

interface Row {
  readonly deploy_id: string;
  readonly complete: boolean;
  readonly changes: readonly { change_id: string }[];
  readonly time_created: string;
}

let house: StandInHouse;

beforeAll(async () => {
  house = await startStandInHouse({ isSecretLate: true, identity: 'only workspace', timeForm: 'all' });
  await house.lifecycle('installed');
  await house.untilImported();
});

afterAll(() => house.close());

async function until<T>(find: () => Promise<T | null | undefined>, what: string): Promise<T> {
  return waitUntil(async () => (await find()) ?? null, { withinMs: 6_000, what });
}

const notices = '/connect/notices';

interface Delivery {
  readonly eventKey: string;
  readonly isWrapped?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

async function post(body: string, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  const authorization = `JWT ${house.bitbucket.sign('POST', notices)}`;
  const init = { method: 'POST', headers: { authorization, 'content-type': 'application/json', ...headers }, body };
  return (await fetch(`${house.app.url}${notices}`, init)).status;
}

function deliver({ eventKey, isWrapped = true, headers = {} }: Delivery, payload: object): Promise<number> {
  const body = isWrapped ? { event: eventKey, data: payload, extra: { a: 1 } } : payload;
  return post(JSON.stringify(body), headers);
}

const first = () => {
  const [grower] = house.world.growers;
  if (grower === undefined) throw new Error('The world is empty.');
  return grower;
};

/** As in a notice: without slug and default branch. */
function toPayload(one: GitPullRequest): object {
  const { present } = house.bitbucket.api;
  const { type, uuid, full_name, name } = present.repository(first().repository);
  const repository = { type, uuid, full_name, name };
  return { actor: present.person('ada'), repository, pullrequest: present.pullRequest(first().repository, one) };
}

async function findDeployment(one: GitPullRequest): Promise<Row | undefined> {
  const { items } = await house.get<{ items: Row[] }>('/deployments?limit=500');
  return items.find(({ deploy_id }) => deploy_id === toDeployId(one));
}

const toDeployId = ({ id }: GitPullRequest): string => `${first().repository.uuid}/pullrequests/${id}`;

describe('notices', () => {
  const forms: readonly (Omit<Delivery, 'eventKey'> & { readonly name: string })[] = [
    {
      name: 'wrapped, with a delivery in braces',
      headers: { 'x-request-uuid': '{aaaaaaaa-0000-4000-8000-000000000001}' },
    },
    { name: 'wrapped, without any header', headers: {} },
    { name: 'plain, named by X-Event-Key', isWrapped: false, headers: { 'x-request-uuid': 'b1' } },
  ];

  it.each(forms)('$name keep the commits of a branch that is squashed and gone', async (form) => {
    const headersOf = (eventKey: string) => ({
      ...form,
      eventKey,
      headers: { ...form.headers, ...(form.isWrapped === false ? { 'x-event-key': eventKey } : {}) },
    });
    const one = first().grow({ how: 'open', commits: 3, author: 'bob' });
    const asked = house.bitbucket.asked.length;
    expect(await deliver(headersOf('pullrequest:created'), toPayload(one))).toBe(204);
    const isRead = () => house.bitbucket.asked.slice(asked).some(({ path }) => path.includes(`/${one.id}/commits`));
    await until(async () => (isRead() ? true : null), 'the commits of the open pull request');
    await sleep(100);

    first().merge(one, 'squash');
    expect(await deliver(headersOf('pullrequest:fulfilled'), toPayload(one))).toBe(204);
    expect(await deliver(headersOf('pullrequest:fulfilled'), toPayload(one))).toBe(204);

    const found = await until(() => findDeployment(one), 'the deployment');
    expect(found).toMatchObject({ complete: true, time_created: new Date(one.mergedAt ?? 0).toISOString() });
    expect(found.changes.map(({ change_id }) => change_id).sort()).toEqual(one.commits.map(({ hash }) => hash).sort());
  });

  it('about a renamed workspace, a repository renamed and an unknown event are taken', async () => {
    house.world.slug = 'renamed-world';
    const one = first().grow({ how: 'merge', author: 'cyd' });
    await sleep(5_100);
    expect(await deliver({ eventKey: 'pullrequest:fulfilled' }, toPayload(one))).toBe(204);
    expect(await deliver({ eventKey: 'repo:updated' }, toPayload(one))).toBe(204);
    expect(await deliver({ eventKey: 'pullrequest:surprise' }, { whatever: [] })).toBe(204);
    // Groups under the new slug may be told after the merge: then its teams come later.
    const findWithTeams = async () => {
      const { items } = await house.get<{ items: (Row & { teams: string[] })[] }>('/deployments?limit=500');
      return items.find(({ deploy_id, teams }) => deploy_id === toDeployId(one) && teams.length > 0);
    };
    expect(await until(findWithTeams, 'the deployment with its teams')).toMatchObject({ teams: ['beta'] });
  });

  it('are refused as the contract says', async () => {
    const url = `${house.app.url}${notices}`;
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
    expect(await post('{}', { authorization: `JWT ${house.bitbucket.sign('POST', '/connect/installed')}` })).toBe(401);
    expect(await post('{"event":')).toBe(400);
    expect(await post('')).toBe(400);
    expect(await post(`{"event":"repo:push","data":{"text":"${'x'.repeat(5 * 1024 * 1024)}"}}`)).toBe(413);
    const delivery = { 'x-request-uuid': 'one-delivery', 'x-event-key': 'repo:push' };
    expect(await post('{"event":"repo:push","data":{}}', delivery)).toBe(204);
    expect(await post('{"event":"repo:push","data":{}}', delivery)).toBe(204);
    expect(await post('{"event":"repo:push","data":{"other":1}}', delivery)).toBe(204);
  });
});

describe('pages', () => {
  type Place = { url: string };
  const places = () => {
    const { profileTabs, repoPages, webPanels, configurePage } = house.descriptor.modules;
    const all = [profileTabs, repoPages, webPanels, configurePage].flat() as Place[];
    return all.map(({ url }) => url);
  };
  const fills: Record<string, (value: string) => string> = {
    'whole percent-encoding': encodeURIComponent,
    'braces as they are': (value) => value,
    'small hex digits': (value) => encodeURIComponent(value).replaceAll(/%../gu, (hex) => hex.toLowerCase()),
    'the user unknown': (value) => (value.includes('user.uuid') ? value : encodeURIComponent(value)),
  };

  it.each(Object.keys(fills))('open with %s', async (name) => {
    for (const url of places()) {
      const page = await house.openPage(url, fills[name]);
      expect({ url, status: page.status }).toEqual({ url, status: 200 });
      expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors ${house.bitbucket.url}`);
      expect(page.headers.get('x-frame-options')).toBeNull();
      expect(await page.text()).toMatch(/<meta name="session" content="[^"]+"/u);
    }
  });

  it('open with parameters that nobody replaced, and with words of a token that we do not know', async () => {
    for (const extra of ['&more={some.thing}', '&more=%7Bsome.thing%7D']) {
      const page = await house.openPage(`${places()[0] ?? ''}${extra}`);
      expect(page.status).toBe(200);
    }
    const [url = ''] = places();
    const bare = url.replace(/\?.*$/u, '');
    const token = house.bitbucket.sign('GET', bare, { sub: 'somebody', context: { user: {} } });
    expect((await fetch(`${house.app.url}${bare}?jwt=${token}`)).status).toBe(200);
    expect((await fetch(`${house.app.url}${bare}?jwt=${token}&more=1`)).status).toBe(401);
    expect((await fetch(`${house.app.url}${bare}`)).status).toBe(401);
  });
});

describe('the API', () => {
  it('refuses as the contract says', async () => {
    const status = async (route: string) => (await house.ask(route)).status;
    expect((await fetch(`${house.app.url}/api/v1/deployments`)).status).toBe(401);
    const wrong = ['system=none', 'team=none', 'from=2026-02-30', 'interval=year', 'from=2026-02-02&to=2026-01-01'];
    for (const query of wrong) expect([query, await status(`/metrics/accelerate?${query}`)]).toEqual([query, 400]);
    expect(await status('/nothing')).toBe(404);
    const problem = await house.ask('/deployments?limit=501');
    expect(problem.status).toBe(400);
    expect(problem.headers.get('content-type')).toContain('application/problem+json');
    expect(await problem.text()).toMatch(/"request_id":"[^"]+"/u);
  });

  it('filters by systems as slugs and as UUIDs with and without braces', async () => {
    const { uuid, slug } = first().repository;
    const ask = (system: string) => house.get<{ items: Row[] }>(`/deployments?system=${encodeURIComponent(system)}`);
    const bySlug = await ask(slug);
    expect(bySlug.items.length).toBeGreaterThan(5);
    expect(await ask(uuid)).toEqual(bySlug);
    expect(await ask(uuid.slice(1, -1))).toEqual(bySlug);
  });

  it('writes CSV by Accept and by format', async () => {
    for (const route of ['/deployments', '/incidents', '/metrics/accelerate', '/systems', '/teams']) {
      const byFormat = await house.ask(`${route}?format=csv`);
      const byAccept = await house.ask(route, { headers: { accept: 'text/csv' } });
      expect([route, byFormat.status, byAccept.status]).toEqual([route, 200, 200]);
      expect(byFormat.headers.get('content-type')).toContain('text/csv');
      const text = await byFormat.text();
      expect(await byAccept.text()).toBe(text);
      expect(text.split('\r\n').length).toBeGreaterThan(2);
    }
  });

  it('renews a session', async () => {
    const answer = await house.ask('/session', { method: 'POST' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/^\{"session":"[^"]+","expires_at":"[^"]+"\}$/u);
  });
});

describe('installing', () => {
  it('is refused unsigned, malformed, and under another secret', async () => {
    const url = new URL(house.descriptor.lifecycle['installed'] ?? '', `${house.app.url}/`).href;
    const send = async (body: string) => (await fetch(url, { method: 'POST', body })).status;
    expect(await send('{')).toBe(400);
    expect(await send('{"clientKey":"x"}')).toBe(400);
    const { clientKey } = house.bitbucket;
    const common = { key: 'drumbeat', eventType: 'installed', productType: 'bitbucket', sharedSecret: 'a'.repeat(40) };
    const principal = { type: 'workspace', uuid: house.world.uuid };
    expect(await send(JSON.stringify({ ...common, clientKey, principal }))).toBe(401);
    expect(await send(JSON.stringify({ ...common, clientKey: 'connection:9', principal }))).toBe(204);
  });

  it('again with a secret that is honoured only after the answer imports again, and says no more of a refusal', async () => {
    expect(await house.lifecycle('uninstalled')).toBe(204);
    expect((await house.ask('/systems')).status).toBe(401);
    const one = first().grow({ how: 'merge' });
    expect(await house.lifecycle('installed', 'the secret number 2')).toBe(204);
    const session = await until(async () => (await house.session()) || null, 'a session');
    const ask = async <T>(route: string): Promise<T> => {
      const headers = { authorization: `Bearer ${session}` };
      return (await (await fetch(`${house.app.url}/api/v1${route}`, { headers })).json()) as T;
    };
    await until(async () => {
      const { items } = await ask<{ items: Row[] }>('/deployments?limit=500');
      return items.find(({ deploy_id }) => deploy_id.endsWith(`${first().repository.uuid}/pullrequests/${one.id}`));
    }, 'what was merged meanwhile');
    await until(async () => ((await ask<{ state: string }>('/import')).state === 'done' ? true : null), 'the import');
    expect(await ask('/import')).toMatchObject({ problems: [] });
    const { items } = await ask<{ items: Row[] }>(`/deployments?limit=500&from=2020-01-01`);
    expect(items).toHaveLength(expectOf(house.world, house.quirks).deployments.length);
  });
});
