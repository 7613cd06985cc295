import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { percentile } from './report';

/** How a stream of requests over some connections went. */
export interface Sent {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers by their status. */
  readonly statuses: Readonly<Record<string, number>>;
}

interface Sending {
  readonly url: string;
  readonly connections: number;
  readonly milliseconds: number;
  /** A whole request of HTTP, another one each time. */
  readonly write: () => Buffer;
}

/** Each connection sends the next request once the last is answered. By sockets: a client of HTTP would be measured too. */
export async function sendNotices({ url, connections, milliseconds, write }: Sending): Promise<Sent> {
  const { port } = new URL(url);
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(Number(port))));
  const took: number[] = [];
  const statuses: Record<string, number> = {};
  const begun = performance.now();
  const end = begun + milliseconds;
  await Promise.all(
    sockets.map(async (socket) => {
      while (performance.now() < end) {
        const sentAt = performance.now();
        socket.write(write());
        const status = await readStatus(socket);
        took.push(performance.now() - sentAt);
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
      socket.destroy();
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  return { perSecond: took.length / seconds, p50: percentile(took, 0.5), p99: percentile(took, 0.99), statuses };
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/** Of an answer with a length, or without a body. */
async function readStatus(socket: Socket): Promise<string> {
  let said = '';
  for (;;) {
    const [piece] = (await once(socket, 'data')) as [Buffer];
    said += piece.toString('latin1');
    const head = said.indexOf('\r\n\r\n');
    if (head < 0) continue;
    const length = Number(/content-length: (\d+)/iu.exec(said)?.[1] ?? 0);
    if (said.length >= head + 4 + length) return said.slice(9, 12);
  }
}
