import express, { Router, type RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Log } from '../../machine/log';
import type { ReinstallName } from '../../store/connections/reinstall-store';
import { RequestRefused } from '../request-refused';
import { connectPaths } from './connect-paths';
import type { LifecycleAnswer, LifecycleCall, LifecycleEvent } from './lifecycle';

interface ConnectRoutesNeeds {
  readonly descriptor: RequestHandler;
  readonly receiveLifecycle: (call: LifecycleCall) => Promise<LifecycleAnswer>;
  readonly proveInstall: (pendingId: string) => Promise<unknown>;
  readonly proveReinstall: (name: ReinstallName) => Promise<unknown>;
  readonly log: Log;
}

const events: readonly LifecycleEvent[] = ['installed', 'uninstalled', 'enabled', 'disabled'];
/** A workspace sends a handful in a year; this is for whoever sends thousands a minute from one address. */
const mostAMinute = 3_000;
/** Proofs asked of Bitbucket at one time right after an answer; the job sees to the others. */
const mostProofs = 4;
const largestBody = '256kb';

/** Bitbucket fetches the descriptor, and says that the app came to a workspace or left it. */
export function createConnectRoutes(needs: ConnectRoutesNeeds): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get(connectPaths.descriptor, needs.descriptor);
  const parse = express.json({ limit: largestBody, type: () => true });
  const proveSoon = createProver(needs);
  for (const event of events) {
    const receive: RequestHandler = (request, response, next) => {
      needs
        .receiveLifecycle({ event, request, body: request.body as unknown })
        .then(({ status, pendingId, reinstall }) => {
          if (reinstall !== undefined) response.on('finish', () => proveNewSecret(reinstall, needs));
          if (pendingId !== undefined) response.on('finish', () => proveSoon(pendingId));
          if (status === 204) response.status(status).end();
          else next(new RequestRefused(status));
        })
        .catch(next);
    };
    router.post(connectPaths[event], limitRequests(), parse, receive);
  }
  return router;
}

/** Refused calls do not count: forging them must not keep the genuine ones out. */
function limitRequests(): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: mostAMinute,
    skipFailedRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: false,
    handler: (_request, _response, next) => next(new RequestRefused(429)),
  });
}

/** Of one that came signed: not one of those that anybody can send, and in nobody's line. */
function proveNewSecret(reinstall: ReinstallName, { proveReinstall, log }: ConnectRoutesNeeds): void {
  proveReinstall(reinstall).catch((error: unknown) => log.error({ err: error }, 'proving a new secret failed'));
}

/** Bitbucket may honour a new secret only once its call has been answered, so the proof follows the answer. */
function createProver({ proveInstall, log }: ConnectRoutesNeeds): (pendingId: string) => void {
  let running = 0;
  return (pendingId) => {
    if (running >= mostProofs) return;
    running += 1;
    proveInstall(pendingId)
      .catch((error: unknown) => log.error({ err: error }, 'proving an install failed'))
      .finally(() => {
        running -= 1;
      });
  };
}
