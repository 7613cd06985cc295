import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CannotStart } from './cannot-start';
import { limitConnections, type ConnectionLimits } from './limit-connections';
import type { Log } from './log';
import { OpenConnections } from './open-connections';
import { describeSystemError } from './system-error';

export interface Listening {
  readonly port: number;
  /** Requests that come before wait for it. */
  readonly attach: (listener: RequestListener) => void;
  /** Before it closes: whoever keeps a connection alive is told with each answer to come again on another one. */
  leave(): void;
  /** Takes no connection any more; resolves when every request under way was answered. */
  close(): Promise<void>;
  /** Cuts off what is still being answered. */
  cut(): void;
  /** Nothing will ever be attached: who waits is told to come again. */
  abandon(): Promise<void>;
}

interface Place {
  readonly port: number;
  readonly host: string;
  /** How long a body may go on after its answer, in milliseconds; for tests. */
  readonly lingerMs?: number;
  /** Proxies that are believed: their addresses are not those of anybody. */
  readonly trustProxy?: unknown;
  /** For tests. */
  readonly limits?: ConnectionLimits;
  /** For tests. */
  readonly times?: Partial<typeof usualTimes>;
}

/** Answers what need not wait for the rooms; says whether it has. */
type EarlyAnswer = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Time for the rest of a body that was refused unread: whoever is hung up on at once may never see the answer. */
const usualLingerMs = 2_000;
/** Whoever needs longer wants to hold the connection, not to say something. */
const usualTimes = {
  /** For a request with its body. */
  requestTimeout: 30_000,
  headersTimeout: 10_000,
  /** How often it is looked whose time is over. */
  connectionsCheckingInterval: 2_000,
  /** Proxies keep a connection for a minute, and must be the first to close it: a request may be on its way. */
  keepAliveTimeout: 65_000,
};
/** For a connection on which nothing moves in either direction: whoever does not read the answer holds it too. */
const longestSilenceMs = 120_000;
const usualLimits: ConnectionLimits = { most: 4_000, mostOfOne: 2_000 };

/**
 * Takes the port before anything else is touched: the public address depends on it, and where another process has it,
 * that process may well be an older one of ours, whose database must not be changed under its feet.
 * @throws {CannotStart} naming PORT or HOST.
 */
export async function listen(place: Place, log: Log, answerEarly: EarlyAnswer = () => false): Promise<Listening> {
  let isAttached = false;
  let attach: (listener: RequestListener) => void = () => undefined;
  const attached = new Promise<RequestListener>((resolve) => (attach = resolve));
  const server = createServer({ ...usualTimes, ...place.times }, (request, response) => {
    connections.note(request, response);
    hangUpAfterAnswer(request, response, place.lingerMs ?? usualLingerMs);
    if (!isAttached && answerEarly(request, response)) return;
    void attached.then((listener) => {
      listener(request, response);
    });
  });
  server.setTimeout(longestSilenceMs);
  const limits = place.limits ?? usualLimits;
  limitConnections(server, place.trustProxy == null ? limits : { ...limits, mostOfOne: limits.most });
  const connections = new OpenConnections(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(toRefusal(error, place)));
    server.listen(place.port, place.host, resolve);
  });
  server.removeAllListeners('error');
  // A connection that cannot be taken, for want of file handles for one, is no reason to end those that were.
  server.on('error', (error) => log.error({ err: error }, 'A connection could not be taken.'));
  return {
    attach: (listener) => {
      isAttached = true;
      attach(listener);
    },
    port: (server.address() as AddressInfo).port,
    leave: () => connections.leave(),
    close: () => connections.close(),
    cut: () => connections.cut(),
    abandon: () => {
      attach((_request, response) => void response.writeHead(503, { connection: 'close' }).end());
      return connections.close();
    },
  };
}

/** A body that nobody reads is let run for a moment, never for as long as its sender likes. */
function hangUpAfterAnswer(request: IncomingMessage, response: ServerResponse, lingerMs: number): void {
  response.once('finish', () => {
    if (request.complete) return;
    const timer = setTimeout(() => {
      if (!request.complete) request.socket.destroy();
    }, lingerMs);
    // Whole, or hung up: many requests may come over one connection.
    request.once('close', () => clearTimeout(timer));
  });
}

function toRefusal(error: NodeJS.ErrnoException, { host, port }: Place): CannotStart {
  const refusals: Readonly<Record<string, string>> = {
    EADDRINUSE: `PORT is ${port}, which another process has taken at ${host}: end that process, or set PORT to another number`,
    EACCES: `PORT is ${port}, which the user of this process may not open: set PORT to a number from 1024 on`,
    EADDRNOTAVAIL: `HOST is "${host}", which is no address of this machine: set HOST to one of its own, or to 0.0.0.0 for all`,
    ENOTFOUND: `HOST is "${host}", which is no address and no known name: set HOST to an address of this machine`,
  };
  const known = refusals[error.code === 'EAI_AGAIN' ? 'ENOTFOUND' : (error.code ?? '')];
  const unknown = `HOST is "${host}" and PORT is ${port}, where nobody may listen (${describeSystemError(error)}): change one`;
  return new CannotStart(`${known ?? unknown}.`);
}
