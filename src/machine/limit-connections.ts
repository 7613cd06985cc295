import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { toNetwork } from './to-network';

/** Of everybody, and of one address: that of a proxy stands for all behind it, and is none where proxies are known. */
export interface ConnectionLimits {
  readonly most: number;
  readonly mostOfOne: number;
}

/** From how much of a limit on connections that only wait are closed, so that it is not reached. */
const fullShare = 0.8;

/**
 * Nobody holds more connections than that: those beyond are hung up on at once. Connections that are kept open between
 * two requests are closed before anybody is turned away.
 */
export function limitConnections(server: Server, { most, mostOfOne }: ConnectionLimits): void {
  const open = new Map<string, number>();
  let all = 0;
  const change = (address: string, by: 1 | -1): number => {
    const count = (open.get(address) ?? 0) + by;
    if (count > 0) open.set(address, count);
    else open.delete(address);
    all += by;
    return count;
  };
  server.maxConnections = most;
  server.on('connection', (socket: Socket) => {
    const address = toNetwork(socket.remoteAddress ?? '');
    const count = change(address, 1);
    socket.once('close', () => change(address, -1));
    if (count > mostOfOne * fullShare || all > most * fullShare) server.closeIdleConnections();
    if (count > mostOfOne) socket.destroy();
  });
}
