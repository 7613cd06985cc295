import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the stand-in was asked. */
export interface AskedOfBitbucket {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly authorization: string | undefined;
  readonly json: unknown;
}

type Reply = { readonly status: number; readonly body: unknown };
type Answer = Reply | ((asked: AskedOfBitbucket) => Reply);

/** A Bitbucket for a token: each path has its answer, which a test may replace; what has none is a 404. */
export interface TokenBitbucket {
  readonly url: string;
  readonly asked: AskedOfBitbucket[];
  /** The `Authorization` headers that are known; any other one is a 401. */
  readonly known: Set<string>;
  /** As they are at the workspace, by UUID. */
  readonly hooks: Map<string, Record<string, unknown>>;
  /** By method and path without its query: `GET /2.0/workspaces/acme`. */
  answer(route: string, answer: Answer): void;
  close(): Promise<void>;
}

export const acmeUuid = '{11111111-1111-4111-8111-111111111111}';
export const drumsUuid = '{22222222-2222-4222-8222-222222222222}';
export const secondRepository = '{55555555-5555-4555-8555-555555555555}';

const acme = { type: 'workspace', uuid: acmeUuid, slug: 'acme', name: 'Acme', is_private: true };
const drums = { type: 'repository', uuid: drumsUuid, slug: 'drums', name: 'Drums', is_private: true, workspace: acme };
const flutes = { ...drums, uuid: secondRepository, slug: 'flutes', name: 'Flutes', is_private: false };
const events = ['pullrequest:created', 'pullrequest:updated', 'pullrequest:fulfilled', 'pullrequest:push', 'repo:push'];

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const page = (...values: unknown[]): Reply => ok({ pagelen: 10, page: 1, size: values.length, values });
export const refusal = (status: number, required: readonly string[] = []): Reply => ({
  status,
  body: { type: 'error', error: { message: 'No.', detail: { granted: [], required } } },
});

/** Knows one workspace, Acme, with two repositories, and takes hooks. */
export async function startTokenBitbucket(...headers: readonly string[]): Promise<TokenBitbucket> {
  const asked: AskedOfBitbucket[] = [];
  const hooks: TokenBitbucket['hooks'] = new Map();
  const known = new Set(headers);
  const answers = new Map<string, Answer>(Object.entries(createUsualAnswers(hooks)));
  const server = createServer((request, response) => void handle(request, response));
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const one = await readAsked(request);
    asked.push(one);
    const { status, body } = known.has(one.authorization ?? '') ? reply(one) : refusal(401);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }
  function reply(one: AskedOfBitbucket): Reply {
    const path = decodeURIComponent(one.url.split('?')[0] ?? '');
    const own =
      answers.get(`${one.method} ${path}`) ?? answers.get(`${one.method} ${path.replace(/\{[^}]+\}$/u, ':uuid')}`);
    return typeof own === 'function' ? own(one) : (own ?? refusal(404));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...{ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, known, hooks },
    answer: (route, answer) => void answers.set(route, answer),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function createUsualAnswers(hooks: TokenBitbucket['hooks']): Record<string, Answer> {
  const repositories = `/2.0/repositories/${acmeUuid}`;
  const hooksPath = `/2.0/workspaces/${acmeUuid}/hooks`;
  const save = (uuid: string, json: unknown): Reply => {
    const { secret, ...shown } = json as Record<string, unknown>;
    hooks.set(uuid, { uuid, ...shown, secret_set: typeof secret === 'string', secret });
    return ok({ uuid, ...shown, secret_set: typeof secret === 'string' });
  };
  const show = (hook: Record<string, unknown>) => ({ ...hook, secret: undefined });
  const uuidOf = ({ url }: AskedOfBitbucket): string => decodeURIComponent(url.split('/').at(-1) ?? '');
  return {
    ...{ 'GET /2.0/workspaces/acme': ok(acme), [`GET /2.0/workspaces/${acmeUuid}`]: ok(acme) },
    [`GET ${repositories}`]: page(drums, flutes),
    ...{ [`GET ${repositories}/drums`]: ok(drums), [`GET ${repositories}/flutes`]: ok(flutes) },
    ...{ [`GET ${repositories}/${drumsUuid}`]: ok(drums), 'GET /2.0/repositories/acme/drums': ok(drums) },
    [`GET ${repositories}/${drumsUuid}/pullrequests`]: ok({ size: 2988, values: [{}], next: 'more' }),
    [`GET ${repositories}/${drumsUuid}/deployments`]: page({}),
    [`GET /2.0/workspaces/${acmeUuid}/members`]: ok({ size: 26, values: [{}], next: 'more' }),
    'GET /1.0/groups/acme/': ok([{}, {}, {}, {}]),
    [`GET /2.0/workspaces/${acmeUuid}/permissions`]: refusal(403),
    'GET /2.0/hook_events/workspace': page(...events.map((event) => ({ event }))),
    [`GET ${hooksPath}`]: () => page(...[...hooks.values()].map(show)),
    [`POST ${hooksPath}`]: ({ json }) => save(`{99999999-9999-4999-8999-00000000000${hooks.size}}`, json),
    [`PUT ${hooksPath}/:uuid`]: (one) => (hooks.has(uuidOf(one)) ? save(uuidOf(one), one.json) : refusal(404)),
    [`DELETE ${hooksPath}/:uuid`]: (one) => (hooks.delete(uuidOf(one)) ? { status: 204, body: '' } : refusal(404)),
  };
}

async function readAsked(request: IncomingMessage): Promise<AskedOfBitbucket> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const json: unknown = text === '' ? null : JSON.parse(text);
  return { method: request.method ?? '', url: request.url ?? '', authorization: request.headers.authorization, json };
}
