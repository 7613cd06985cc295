import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy as stands before processes that come and go: it sends requests where `/readyz` answers 200, and tries none twice. */
export interface ReadinessProxy {
  readonly url: string;
  /** From now on this loopback port may be sent requests. */
  add(port: number): void;
  remove(port: number): void;
  isReady(port: number): boolean;
  /** Requests that a process did not answer though it had said that it was ready, with why. */
  readonly failures: readonly string[];
  close(): Promise<void>;
}

const lookEveryMs = 100;

/** Requests that come while nobody is ready wait. */
export async function startReadinessProxy(): Promise<ReadinessProxy> {
  const ready = new Map<number, boolean>();
  const failures: string[] = [];
  const agent = new Agent({ keepAlive: true });
  let waiting: (() => void)[] = [];
  const look = async (port: number): Promise<void> => {
    const isReady = await askReady(port);
    if (!ready.has(port)) return;
    ready.set(port, isReady);
    if (!isReady) return;
    for (const go of waiting.splice(0)) go();
  };
  const send = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    let port = findReady(ready);
    while (port === null) {
      await new Promise<void>((go) => waiting.push(go));
      port = findReady(ready);
    }
    forward({ incoming, outgoing, port, agent }, (why) => failures.push(`${incoming.method ?? ''} ${why}`));
  };
  const server = createServer((incoming, outgoing) => void send(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const asked = new Set<number>();
  const looking = setInterval(() => {
    for (const port of ready.keys()) {
      // One question at a time: an answer that is late may not undo a newer one.
      if (asked.has(port)) continue;
      asked.add(port);
      void look(port).finally(() => asked.delete(port));
    }
  }, lookEveryMs);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failures,
    add: (port) => void ready.set(port, false),
    remove: (port) => void ready.delete(port),
    isReady: (port) => ready.get(port) === true,
    close: async () => {
      clearInterval(looking);
      waiting = [];
      agent.destroy();
      await closeNow(server);
    },
  };
}

/** The last that was added, of several. */
function findReady(ready: ReadonlyMap<number, boolean>): number | null {
  return [...ready].findLast(([, isReady]) => isReady)?.[0] ?? null;
}

async function askReady(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5_000) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

interface Forwarding {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly port: number;
  readonly agent: Agent;
}

function forward({ incoming, outgoing, port, agent }: Forwarding, onFailure: (why: string) => void): void {
  const fail = (why: string): void => {
    onFailure(why);
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502).end();
  };
  const { method, url, headers } = incoming;
  const sent = request({ host: '127.0.0.1', port, agent, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, connection: 'keep-alive' });
    answer.on('error', (error) => fail(`was cut: ${error.message}`));
    answer.pipe(outgoing);
  });
  sent.on('error', (error) => fail(`was not answered: ${error.message}`));
  incoming.pipe(sent);
}

async function closeNow(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
