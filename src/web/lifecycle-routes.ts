import express, { Router, type RequestHandler, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { LifecycleEvent } from '../doors/connect/lifecycle';
import { sendProblem } from './middleware/problem';
import { connectPaths } from './routing/paths';
import type { WebDependencies } from './routing/web-dependencies';

export type LifecycleRoutesNeeds = Pick<WebDependencies, 'connect' | 'log'>;

const events: readonly LifecycleEvent[] = ['installed', 'uninstalled', 'enabled', 'disabled'];
/** A workspace sends a handful in a year; this is for whoever sends thousands a minute from one address. */
const mostAMinute = 3_000;
/** Proofs asked of Bitbucket at one time right after an answer; the job sees to the others. */
const mostProofs = 4;
const largestBody = '256kb';

/** Bitbucket says that the app came to a workspace or left it. */
export function createLifecycleRoutes(needs: LifecycleRoutesNeeds, limit = mostAMinute): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const parse = express.json({ limit: largestBody, type: () => true });
  const proveSoon = createProver(needs);
  for (const event of events) {
    const receive: RequestHandler = (request, response, next) => {
      needs.connect
        .receiveLifecycle({ event, request, body: request.body as unknown })
        .then(({ status, pendingId }) => {
          if (pendingId !== undefined) response.on('finish', () => proveSoon(pendingId));
          sendAnswer(response, status);
        })
        .catch(next);
    };
    router.post(connectPaths[event], limitRequests(limit), parse, receive);
  }
  return router;
}

/** Refused calls do not count: forging them must not keep the genuine ones out. */
function limitRequests(limit: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    skipFailedRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: false,
    handler: (_request, response) => sendProblem(response, 429),
  });
}

function sendAnswer(response: Response, status: 204 | 400 | 401): void {
  if (status === 204) {
    response.status(204).end();
    return;
  }
  sendProblem(response, status);
}

/** Bitbucket may honour a new secret only once its call has been answered, so the proof follows the answer. */
function createProver({ connect, log }: LifecycleRoutesNeeds): (pendingId: string) => void {
  let running = 0;
  return (pendingId) => {
    if (running >= mostProofs) return;
    running += 1;
    connect
      .proveInstall(pendingId)
      .catch((error: unknown) => log.error({ err: error }, 'proving an install failed'))
      .finally(() => {
        running -= 1;
      });
  };
}
