import { createHash } from 'node:crypto';
import express, { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { sendProblem } from './middleware/problem';
import { connectPaths } from './routing/paths';
import type { WebDependencies, WebLocals } from './routing/web-dependencies';

export type NoticesNeeds = Pick<WebDependencies, 'connect' | 'inbox' | 'clock' | 'log'>;

const largestBody = 5 * 1024 * 1024;
const deliveryIdForm = /^[\w{}:.-]{1,100}$/u;
const eventKeyForm = /^[\w:.*-]{1,64}$/u;

interface NoticeLocals extends WebLocals {
  noticeWorkspace?: string;
}

/**
 * Notices: verified before a byte of the body is read, kept before they are answered. What is in them is nobody's
 * business here; only that it is JSON.
 */
export function createNoticesRoute(needs: NoticesNeeds): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const read = express.raw({ limit: largestBody, type: () => true });
  router.post(connectPaths.notices, verifySender(needs), read, (request, response, next) => {
    keep(request, response, needs).catch(next);
  });
  return router;
}

function verifySender({ connect, log }: NoticesNeeds): RequestHandler {
  const verify = async (request: Request, response: Response, next: NextFunction) => {
    const identified = await connect.identifyNotice(request);
    if (!identified.isTrusted) {
      log.info({ reason: identified.reason }, 'notice refused');
      sendProblem(response, 401);
      return;
    }
    (response.locals as NoticeLocals).noticeWorkspace = identified.workspace;
    next();
  };
  return (request, response, next) => {
    verify(request, response, next).catch(next);
  };
}

async function keep(request: Request, response: Response, { inbox, clock, log }: NoticesNeeds): Promise<void> {
  const { noticeWorkspace: workspace } = response.locals as NoticeLocals;
  const notice = readNotice(request);
  if (workspace === undefined || notice === null) {
    sendProblem(response, 400, 'A notice is JSON in UTF-8.');
    return;
  }
  try {
    await inbox.keep({ workspace, ...notice, receivedAt: clock.now() });
  } catch (error) {
    log.error({ err: error }, 'a notice could not be stored');
    sendProblem(response, 503, 'The notice could not be stored; send it again.');
    return;
  }
  response.status(204).end();
}

interface ReadNotice {
  readonly deliveryId: string;
  readonly eventKey: string | null;
  readonly body: string;
}

/** `null` when the body is not JSON in UTF-8. All attempts of one delivery carry the same X-Request-UUID. */
function readNotice(request: Request): ReadNotice | null {
  const body = decode(request.body);
  const parsed = body === null ? undefined : parse(body);
  if (body === null || parsed === undefined) return null;
  const deliveryId = request.get('x-request-uuid') ?? '';
  return {
    deliveryId: deliveryIdForm.test(deliveryId) ? deliveryId : createHash('sha256').update(body).digest('hex'),
    eventKey: findEventKey(request.get('x-event-key'), parsed),
    body,
  };
}

function decode(body: unknown): string | null {
  if (!Buffer.isBuffer(body)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

/** `undefined` when it is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Connect wraps the payload as `{"event", "data"}`; ordinary webhooks name the event in a header. */
function findEventKey(header: string | undefined, parsed: unknown): string | null {
  const wrapped = typeof parsed === 'object' && parsed !== null && 'event' in parsed ? parsed.event : null;
  const found = [header, wrapped].find((key) => typeof key === 'string' && eventKeyForm.test(key));
  return typeof found === 'string' ? found : null;
}
