import { createHmac } from 'node:crypto';
import { request as ask } from 'node:http';
import { connect } from 'node:net';
import { createAccount } from '../../../simulator/world/people';
import { createEmptyWorld } from '../../../simulator/world/growth/sample-world';
import { signBody } from '../../../simulator/hooks/deliver-to-hooks';
import type { Hook } from '../../../simulator/world/model';
import type { SimulatorNotice } from '../../../simulator/connect/deliver-notice';
import { startTokenProduct, type TokenProduct } from '../../support/product/start-token-product';
import { createShiftedClock, type ShiftedClock } from '../../support/shifted-clock';

/** Notices that are none: refused, and nothing in the database is another than before. */

const [ada, ben] = [createAccount('Ada Owner'), createAccount('Ben Author')];
const day = 86_400_000;
const createdAt = Date.UTC(2024, 1, 1, 12);
let product: TokenProduct;
let clock: ShiftedClock;
let own: Hook;
let foreign: Hook;
let notice: SimulatorNotice;

beforeAll(async () => {
  clock = createShiftedClock();
  const world = createEmptyWorld({ slug: 'acme', people: [ada, ben] }, { slug: 'rival', people: [ada, ben] });
  product = await startTokenProduct({ world, clock });
  const { simulator } = product;
  for (const workspace of ['acme', 'rival']) {
    simulator.repositories.createRepository({ workspace, slug: 'shop', at: createdAt });
    const workspaceToken = simulator.credentials.createWorkspaceToken({ workspace });
    await product.connect(workspaceToken, { workspaceName: workspace });
  }
  [own, foreign] = simulator.world.workspaces.flatMap(({ hooks }) => hooks.all) as [Hook, Hook];
  await product.untilQuiet();
  [, notice] = simulator.pullRequests.openPullRequest({ workspace: 'acme', repository: 'shop', by: ben.uuid })
    .notices as [SimulatorNotice, SimulatorNotice];
});
afterAll(() => product.close());

const toBody = (sent: SimulatorNotice): string => JSON.stringify((JSON.parse(sent.body) as { data: unknown }).data);
const secretOf = ({ secret }: Hook): string => secret ?? '';
const signed = (body: string, hook = own) => ({ 'x-hub-signature': signBody(secretOf(hook), body) });

interface Post {
  readonly url?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

/** The status of the answer. */
function post({ url = own.url, body = toBody(notice), headers = signed(body) }: Post): Promise<number> {
  const usual = { 'content-type': 'application/json', 'x-event-key': notice.eventKey, 'x-request-uuid': 'delivery-1' };
  return new Promise((resolve, reject) => {
    const sent = ask(url, { method: 'POST', headers: { ...usual, ...headers } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    // A refusal may come, and the connection go, before the body was sent.
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Work that comes by itself, whatever is sent. */
const recurring: readonly unknown[] = ['read-groups', 'reconcile', 'look-after-hook', 'poll', 'record-deliveries'];

/** What is written when there is time: counts of requests, and up to when rows of deployments follow the facts. */
const isWrittenInTime = (table: string): boolean => table.startsWith('request') || table === 'delivery_recordings';

/** Every row of every table, but for recurring work and what is written when there is time. */
async function dump(): Promise<Record<string, unknown[]>> {
  const { database } = product.stores;
  const tables = await database.read<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table'`, []);
  const wanted = tables.map(({ name }) => name).filter((name) => !isWrittenInTime(name));
  const read = async (name: string) => {
    const rows = await database.read<{ kind?: unknown }>(`SELECT * FROM "${name}"`, []);
    return [name, name === 'jobs' ? rows.filter(({ kind }) => !recurring.includes(kind)) : rows] as const;
  };
  return Object.fromEntries(await Promise.all(wanted.map(read)));
}

async function expectRefused(sent: Post, status = 401): Promise<void> {
  const before = await dump();
  expect(await post(sent)).toBe(status);
  expect(await dump()).toEqual(before);
}

describe('A notice is refused, and changes nothing,', () => {
  const digits = (): string => signBody(secretOf(own), toBody(notice));
  it.each<[string, () => Post]>([
    ['without a signature', () => ({ headers: {} })],
    ['with two signatures', () => ({ headers: { 'x-hub-signature': [digits(), digits()] } })],
    ['with a signature of SHA-1', () => ({ headers: { 'x-hub-signature': `sha1=${'0'.repeat(40)}` } })],
    ['with capital digits', () => ({ headers: { 'x-hub-signature': `sha256=${digits().slice(7).toUpperCase()}` } })],
    ['with a capital name', () => ({ headers: { 'x-hub-signature': `SHA256=${digits().slice(7)}` } })],
    ['with a space after the signature', () => ({ headers: { 'x-hub-signature': `${digits()},` } })],
    ['with digits that are cut', () => ({ headers: { 'x-hub-signature': digits().slice(0, -1) } })],
    ['signed with another secret', () => ({ headers: { 'x-hub-signature': signBody('another', toBody(notice)) } })],
    ['signed with no secret', () => ({ headers: { 'x-hub-signature': signBody('', toBody(notice)) } })],
    [
      'written anew',
      () => ({ body: JSON.stringify(JSON.parse(toBody(notice)), null, 1), headers: signed(toBody(notice)) }),
    ],
    ['with another byte at its end', () => ({ body: `${toBody(notice)}\n`, headers: signed(toBody(notice)) })],
    ['at the key of another workspace', () => ({ url: foreign.url })],
    ['signed with the secret of another workspace', () => ({ headers: signed(toBody(notice), foreign) })],
    ['at a key that nobody has', () => ({ url: own.url.replace(/.{22}$/u, 'A'.repeat(22)) })],
    ['at the key with other letters', () => ({ url: own.url.replace(/.$/u, (last) => (last === 'A' ? 'B' : 'A')) })],
    ['at the door of Connect', () => ({ url: own.url.replace(/\/notices\/.*$/u, '/connect/notices') })],
  ])('%s', (_what, make) => expectRefused(make()));

  it.each<[string, Post, number]>([
    ['that is no JSON', { body: 'pullrequest=1' }, 400],
    ['that is cut', { body: '{"pullrequest":' }, 400],
    ['that is empty', { body: '' }, 400],
  ])('%s', (_what, sent, status) => expectRefused(sent, status));

  it('that is not in UTF-8', async () => {
    const before = await dump();
    const body = Buffer.from('{"a":"\xff"}', 'latin1');
    const signature = `sha256=${createHmac('sha256', secretOf(own)).update(body).digest('hex')}`;
    const reply = await fetch(own.url, { method: 'POST', body, headers: { 'x-hub-signature': signature } });
    expect([reply.status, await dump()]).toEqual([400, before]);
  });

  it('of more than five megabytes', async () => {
    const body = JSON.stringify({ pad: 'x'.repeat(6 * 1024 * 1024) });
    await expectRefused({ body, headers: { ...signed(body), 'content-length': String(body.length) } }, 413);
  });

  it('of just five megabytes it is not', async () => {
    const body = JSON.stringify({ pad: 'x'.repeat(5 * 1024 * 1024 - 10) });
    expect(await post({ body, headers: { ...signed(body), 'x-request-uuid': 'large-one' } })).toBe(204);
    await product.untilQuiet();
  });
});

describe('Before a byte of the body is read', () => {
  /** Sends the head of a request with a body of five megabytes, and one byte of it; gives the first line of the answer. */
  function sendHead(path: string, headers: readonly string[] = []): Promise<string> {
    const { hostname, port, host } = new URL(own.url);
    const head = [`POST ${path} HTTP/1.1`, `Host: ${host}`, 'Content-Length: 5000000', ...headers];
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port) }, () =>
        socket.write(`${head.join('\r\n')}\r\n\r\n{`),
      );
      socket.once('data', (data) => {
        socket.destroy();
        resolve(data.toString().split('\r\n')[0] ?? '');
      });
      socket.once('error', reject);
    });
  }
  const path = (hook = own): string => new URL(hook.url).pathname;

  it.each<[string, () => Promise<string>]>([
    ['an unknown key', () => sendHead(`/notices/${'A'.repeat(22)}`, [`X-Hub-Signature: sha256=${'0'.repeat(64)}`])],
    ['no key', () => sendHead('/notices/short', [`X-Hub-Signature: sha256=${'0'.repeat(64)}`])],
    ['no signature', () => sendHead(path())],
    ['two signatures', () => sendHead(path(), Array<string>(2).fill(`X-Hub-Signature: sha256=${'0'.repeat(64)}`))],
    ['a signature that is none', () => sendHead(path(), ['X-Hub-Signature: sha256=abc'])],
  ])('%s is refused', async (_what, send) => {
    const before = await dump();
    expect(await send()).toBe('HTTP/1.1 401 Unauthorized');
    expect(await dump()).toEqual(before);
  });
});

describe('A notice that is said again days later', () => {
  const list = async (): Promise<unknown> => product.get('/pull-requests?from=2024-01-01&to=2027-12-31');

  it('changes nothing', async () => {
    const { pullRequests } = product.simulator;
    const on = { workspace: 'acme', repository: 'shop', by: ben.uuid };
    const { pullRequest, notices } = pullRequests.openPullRequest(on);
    const all = [...notices, ...pullRequests.edit({ ...on, id: pullRequest.id, title: 'Another' })];
    all.push(...pullRequests.merge({ ...on, id: pullRequest.id }));
    await product.simulator.deliverAll(all);
    await product.untilQuiet();
    const before = await list();
    clock.advance(3 * day);
    for (const one of all.toReversed()) {
      const body = toBody(one);
      const headers = { ...signed(body), 'x-event-key': one.eventKey, 'x-request-uuid': `again ${one.requestUuid}` };
      expect(await post({ body, headers })).toBe(204);
    }
    await product.untilQuiet();
    expect(await list()).toEqual(before);
  });

  it('deletes no repository: whether it is there is asked', async () => {
    const { repositories, room, requests } = product.simulator;
    const { repository } = room.enter({ workspace: 'acme', repository: 'shop' });
    const workspace = room.findWorkspace('acme');
    const [deleted] = repositories.deleteRepository({ workspace: 'acme', repository: 'shop' }) as [SimulatorNotice];
    workspace.repositories.set(repository.uuid, repository);
    requests.clear();
    await product.simulator.deliver(deleted);
    await product.untilQuiet();
    expect(requests.entries.some(({ path }) => decodeURIComponent(path).includes(repository.uuid))).toBe(true);
    const systems = async () =>
      (await product.get<{ items: { slug: string }[] }>('/systems')).items.map(({ slug }) => slug);
    expect(await systems()).toEqual(['shop']);

    workspace.repositories.delete(repository.uuid);
    const body = toBody(deleted);
    const headers = { ...signed(body), 'x-event-key': deleted.eventKey, 'x-request-uuid': 'a third time' };
    expect(await post({ body, headers })).toBe(204);
    await product.untilQuiet();
    expect(await product.stores.repositories.list(workspace.uuid)).toEqual([]);
  });
});
