import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { startFakeBitbucket, type FakeBitbucket } from '../../test/support/fakes/fake-bitbucket';
import { signLikeBitbucket } from '../../test/support/signed-requests';
import { buildProduct } from '../../test/support/spawned-product';
import { createTestDatabase, testEncryptionKey } from '../../test/support/test-database';

/** A workspace, as Bitbucket knows it. */
export interface AttackedTenant {
  readonly workspace: string;
  readonly clientKey: string;
  readonly secret: string;
  readonly slug: string;
}

/** What became of a request: its status, `null` where there was no answer in time. */
export interface Answered {
  readonly status: number | null;
  readonly milliseconds: number;
}

export interface Post {
  readonly path: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the loopback network, from which it is sent. */
  readonly from?: string;
}

/** The server as a process of its own, before a Bitbucket that knows installs alone. */
export interface AttackedProduct {
  readonly port: number;
  readonly bitbucket: FakeBitbucket;
  readonly databaseUrl: string;
  readonly post: (post: Post) => Promise<Answered>;
  /** In bytes; 0 where the machine does not tell. */
  readMemory(): number;
  stop(): Promise<void>;
}

const appKey = 'drumbeat';
const longestAnswerMs = 30_000;
const agent = new Agent({ keepAlive: true, maxSockets: 100 });

export async function startAttackedProduct(
  environment: Readonly<Record<string, string>> = {},
): Promise<AttackedProduct> {
  const built = buildProduct();
  const bitbucket = await startFakeBitbucket(appKey);
  const database = await createTestDatabase('sqlite');
  const child = spawn(process.execPath, [built.file], {
    env: { ...toEnvironment(bitbucket.url), DATABASE_URL: database.url, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await readPort(child);
  return {
    ...{ port, bitbucket, databaseUrl: database.url },
    post: (post) => send(port, post),
    readMemory: () => readResident(child),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      await bitbucket.close();
      await database.remove();
      built.remove();
    },
  };
}

function toEnvironment(bitbucketUrl: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    PORT: '0',
    BITBUCKET_URL: bitbucketUrl,
    BITBUCKET_API_URL: bitbucketUrl,
    APP_KEY: appKey,
    ENCRYPTION_KEY: testEncryptionKey.toString('base64'),
    LOG_LEVEL: 'silent',
  };
}

function readPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The product ended with ${String(code)} before it listened.`)));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /^Drumbeat listens at (\S+)$/u.exec(line)?.[1];
      if (found !== undefined) resolve(Number(new URL(found).port));
    });
  });
}

function readResident({ pid }: ChildProcess): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function send(port: number, { path, body, headers = {}, from }: Post): Promise<Answered> {
  const begun = performance.now();
  return new Promise((resolve) => {
    const end = (status: number | null): void => resolve({ status, milliseconds: performance.now() - begun });
    const asked = request(
      {
        ...{ port, host: '127.0.0.1', path, method: 'POST', agent, timeout: longestAnswerMs },
        ...(from === undefined ? {} : { localAddress: from }),
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
      },
      (response) => {
        response.resume();
        response.once('close', () => end(response.statusCode ?? null));
      },
    );
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => end(null));
    asked.end(body);
  });
}

/** As Bitbucket says it, of what is read of it. */
export function writeInstall({ clientKey, secret, workspace }: Omit<AttackedTenant, 'slug'>): string {
  return JSON.stringify({
    ...{ key: appKey, eventType: 'installed', productType: 'bitbucket', clientKey, sharedSecret: secret },
    ...{ baseUrl: 'https://bitbucket.org', principal: { type: 'team', uuid: workspace } },
  });
}

/** A notice of the tenant's, of a kind that asks nothing of Bitbucket. */
export function makeNotice({ clientKey, secret }: AttackedTenant, number: number, now: number): Post {
  const path = '/connect/notices';
  const token = signLikeBitbucket({ method: 'POST', url: path, clientKey, secret, now });
  const body = JSON.stringify({ event: 'some:thing', data: { number } });
  return { path, body, headers: { authorization: `JWT ${token}`, 'x-request-uuid': `notice-${number}` } };
}
