import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import type { Log } from '../../machine/log';

const longestPath = 200;

/** The id under which a request is found in the log; also shown on error pages and in problems. */
export function getRequestId(response: ServerResponse): string {
  return String(response.getHeader('X-Request-Id') ?? '');
}

/** The id is ours: one that a caller could choose would let it write into the log. */
export function giveRequestId(response: ServerResponse): void {
  response.setHeader('X-Request-Id', randomUUID());
}

/**
 * One line a request: method, path, status, time. Never a query (Bitbucket's token, or the code of a sign-in, is in it),
 * a header or a body; and never what of a path opens something: the secret of a sign-in link, the key of a hook.
 */
export function logRequests(log: Log): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: (_request, response) => {
      giveRequestId(response);
      return getRequestId(response);
    },
    wrapSerializers: false,
    serializers: {
      req: (request: { id: unknown; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: formatLoggedPath((request as { originalUrl?: string }).originalUrl ?? request.url),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      err: () => undefined,
    },
    customLogLevel: (_request, response) => chooseLevel(response),
  });
}

/** The same line, of a request that does not pass through Express. Nothing is made of one that nobody will read. */
export function logRequest(log: Log, request: IncomingMessage, answered: Answered): void {
  const { response, milliseconds } = answered;
  const level = chooseLevel(response);
  if (!log.isLevelEnabled(level)) return;
  const req = { id: getRequestId(response), method: request.method, path: formatLoggedPath(request.url ?? '') };
  const hasEnded = response.writableFinished;
  const line = { req, res: { status: response.statusCode }, responseTime: Math.round(milliseconds) };
  log[level](line, hasEnded ? 'request completed' : 'request aborted');
}

interface Answered {
  readonly response: ServerResponse;
  /** Since the request arrived. */
  readonly milliseconds: number;
}

function chooseLevel({ statusCode }: Pick<ServerResponse, 'statusCode'>): 'warn' | 'debug' {
  return statusCode >= 500 ? 'warn' : 'debug';
}

/** However it is written: a path that no route takes may hold the secret as well. */
const secretEnd = /(\/sign-in\/link|\/notices)(?:[/\\]|%2f|%5c).*$/isu;

function formatLoggedPath(url: string): string {
  return (url.split('?', 1)[0] ?? '').replace(secretEnd, '$1/…').slice(0, longestPath);
}
