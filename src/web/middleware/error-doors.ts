import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Log } from '../../machine/log';
import { BodyRefused } from '../../machine/read-body';
import { apiPath, pagesPath } from '../routing/paths';
import type { WebLocals } from '../routing/web-dependencies';
import { retryAfterSeconds, sendProblem } from './problem';
import { getRequestId } from './request-log';

/** Renders a page that belongs to nobody. */
export type RenderMessage = (
  kind: keyof typeof messageStatuses,
  details: { readonly address: string; readonly requestId: string; readonly isOwnWindow: boolean },
) => Promise<string>;

const cannotWorkNow = 'The database cannot be used just now; ask again in a moment.';

interface DoorNeeds {
  readonly log: Log;
  readonly renderMessage: RenderMessage;
  readonly basePath: string;
}

/** How a page that only says something is answered. */
export const messageStatuses = {
  'session-ended': 401,
  'clocks-differ': 401,
  'administrators-only': 403,
  stranger: 403,
  'no-right': 403,
  'rights-closed': 403,
  'rights-unknown': 401,
  'not-found': 404,
  'too-much': 429,
  'refused-often': 429,
  unavailable: 503,
  error: 500,
} as const;

/** A page that cannot be seen. The address is repeated without Bitbucket's token, so that a script may ask again. */
export async function sendMessagePage(
  { request, response, renderMessage }: { request: Request; response: Response; renderMessage: RenderMessage },
  kind: keyof typeof messageStatuses,
): Promise<void> {
  const { isOwnWindow = false } = response.locals as WebLocals;
  const details = { address: withoutToken(request.originalUrl), requestId: getRequestId(response), isOwnWindow };
  if (kind === 'unavailable') response.setHeader('Retry-After', retryAfterSeconds);
  response
    .status(messageStatuses[kind])
    .type('html')
    .send(await renderMessage(kind, details));
}

function withoutToken(url: string): string {
  const [path = '', query = ''] = url.split(/\?(.*)/su, 2);
  const kept = query.split('&').filter((part) => part !== '' && !/^(?:jwt|session)(?:=|$)/iu.test(part));
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`;
}

/** What no route has answered. */
export function answerNotFound(needs: DoorNeeds): RequestHandler {
  return (request, response, next) => {
    if (!isPage(request, needs.basePath)) {
      sendProblem(response, 404);
      return;
    }
    sendMessagePage({ request, response, ...needs }, 'not-found').catch(next);
  };
}

/**
 * The one place where errors of requests end. A body that is too large or no JSON is the sender's, and a 503 says to come
 * again; anything else is ours, is logged, and is answered with the request id and nothing of the error: to come again
 * where the database cannot work just now.
 */
export function answerErrors(needs: DoorNeeds): ErrorRequestHandler {
  // eslint-disable-next-line max-params -- Express knows an error handler by its four parameters.
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = computeClientStatus(error);
    if (status !== null) {
      sendProblem(response, status, error instanceof BodyRefused ? error.message : undefined);
      return;
    }
    needs.log.error({ err: error, requestId: getRequestId(response) }, 'a request failed');
    const kind = isUnavailable(error) ? 'unavailable' : 'error';
    const failure = messageStatuses[kind];
    if (!isPage(request, needs.basePath)) {
      sendProblem(response, failure, kind === 'unavailable' ? cannotWorkNow : undefined);
      return;
    }
    sendMessagePage({ request, response, ...needs }, kind).catch(() => sendProblem(response, failure));
  };
}

/** The status that doors, readers of bodies and the router give to what is wrong with a request; 503: not now. */
export function computeClientStatus(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('status' in error)) return null;
  const { status } = error;
  return typeof status === 'number' && ((status >= 400 && status < 500) || status === 503) ? status : null;
}

/** By its shape, as the store says it of its failures: nothing was wrong with the request, and nothing is with us. */
function isUnavailable(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'isUnavailable' in error && error.isUnavailable === true;
}

function isPage(request: Request, basePath: string): boolean {
  const path = request.originalUrl.slice(basePath.length);
  return path.startsWith(pagesPath) && !path.startsWith(apiPath);
}
