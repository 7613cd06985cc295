import { connect } from 'node:net';
import type { AttackedProduct } from './attacked-product';

/** How a connection of somebody hostile went. */
export interface Ended {
  /** Whether the other end has hung up in time. */
  readonly isCut: boolean;
  readonly seconds: number;
  readonly bytesSent: number;
}

interface Sender {
  /** What is written first. */
  readonly head: string;
  /** What is written again and again. */
  readonly piece: string;
  readonly everyMs: number;
  readonly forMs: number;
}

/** Writes on and on, until the other end hangs up or the time is over. */
export function sendOn({ port }: Pick<AttackedProduct, 'port'>, sender: Sender): Promise<Ended> {
  const begun = performance.now();
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const writing = setInterval(() => {
      if (socket.writable && !socket.writableNeedDrain) socket.write(sender.piece);
    }, sender.everyMs);
    const end = (isCut: boolean): void => {
      clearInterval(writing);
      clearTimeout(tooLong);
      resolve({ isCut, seconds: (performance.now() - begun) / 1000, bytesSent: socket.bytesWritten });
      socket.destroy();
    };
    const tooLong = setTimeout(() => end(false), sender.forMs);
    socket.once('close', () => end(true)).on('error', () => undefined);
    socket.resume();
    socket.write(sender.head);
  });
}

const toHead = (path: string, headers: string): string => `POST ${path} HTTP/1.1\r\nHost: here\r\n${headers}`;

/** A letter of a header every second. */
export const slowHead = (forMs: number): Sender => ({
  ...{ head: toHead('/connect/installed', 'X-Slow: '), piece: 'x', everyMs: 1_000, forMs },
});

/** A byte of a body every second. */
export const slowBody = (forMs: number): Sender => ({
  head: toHead('/connect/installed', 'Content-Type: application/json\r\nContent-Length: 20000\r\n\r\n['),
  ...{ piece: ' ', everyMs: 1_000, forMs },
});

/** A body in pieces, as fast as they are taken, without an end. */
export const endless = (forMs: number): Sender => ({
  head: toHead('/connect/installed', 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'),
  ...{ piece: `4000\r\n${' '.repeat(0x4000)}\r\n`, everyMs: 1, forMs },
});
