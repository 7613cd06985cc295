import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { startFakeBitbucket, type FakeBitbucket } from '../../test/support/fakes/fake-bitbucket';
import { productAppKey } from '../../test/support/product/start-product';
import { signLikeBitbucket } from '../../test/support/signed-requests';
import { createTestDatabase } from '../../test/support/test-database';
import { startProcess } from './started-product';

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

const longestAnswerMs = 30_000;
const agent = new Agent({ keepAlive: true, maxSockets: 100 });

export async function startAttackedProduct(
  environment: Readonly<Record<string, string>> = {},
): Promise<AttackedProduct> {
  const bitbucket = await startFakeBitbucket(productAppKey);
  const database = await createTestDatabase('sqlite');
  const ofItsOwn = { DATABASE_URL: database.url, LOG_LEVEL: 'silent', ...environment };
  const product = await startProcess(bitbucket.url, ofItsOwn);
  const port = Number(new URL(product.url).port);
  return {
    ...{ port, bitbucket, databaseUrl: database.url },
    post: (post) => send(port, post),
    readMemory: () => readResident(product.child),
    async stop() {
      await product.remove();
      await bitbucket.close();
      await database.remove();
    },
  };
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
    ...{ key: productAppKey, eventType: 'installed', productType: 'bitbucket', clientKey, sharedSecret: secret },
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
