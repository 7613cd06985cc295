import { Router, type Request, type RequestHandler } from 'express';
import { createGate, GateBusy } from '../../machine/gate';
import type { Log } from '../../machine/log';
import { parseJson } from '../../machine/parse-json';
import { readBody } from '../../machine/read-body';
import type { ReinstallName } from '../../store/connections/reinstall-store';
import { RequestRefused } from '../request-refused';
import { connectPaths } from './connect-paths';
import type { LifecycleAnswer, LifecycleCall, LifecycleEvent } from './lifecycle';

interface ConnectRoutesNeeds {
  readonly descriptor: RequestHandler;
  readonly receiveLifecycle: (call: LifecycleCall) => Promise<LifecycleAnswer>;
  readonly proveReinstall: (name: ReinstallName) => Promise<unknown>;
  readonly log: Log;
}

const events: readonly LifecycleEvent[] = ['installed', 'uninstalled', 'enabled', 'disabled'];
/** In bytes. Bitbucket's are a tenth of it. */
const largestBody = 32 * 1024;
/**
 * Calls about installs that are read and written down at once: anybody can send them, and notices, which are somebody's,
 * wait at most for so many. The others wait their turn, and come again when it takes too long.
 */
const admission = { most: 4, longestWaitMs: 5_000 };
const comeAgainSeconds = 10;

/** Bitbucket fetches the descriptor, and says that the app came to a workspace or left it. */
export function createConnectRoutes(needs: ConnectRoutesNeeds): Router {
  const { descriptor, receiveLifecycle } = needs;
  const router = Router({ caseSensitive: true, strict: true });
  router.get(connectPaths.descriptor, descriptor);
  const enter = createGate(admission);
  const receive = async (event: LifecycleEvent, request: Request): Promise<LifecycleAnswer> => {
    // Slow senders are outside: nobody waits for them.
    const bytes = await readBody(request, largestBody);
    return enter(() => receiveLifecycle({ event, request, body: parseJson(bytes).value, address: request.ip ?? '' }));
  };
  for (const event of events) {
    router.post(connectPaths[event], (request, response, next) => {
      receive(event, request)
        .then(({ status, reinstall }) => {
          if (reinstall !== undefined) response.on('finish', () => proveNewSecret(reinstall, needs));
          if (status === 204) response.status(status).end();
          else next(new RequestRefused(status));
        })
        .catch((error: unknown) => {
          const isBusy = error instanceof GateBusy;
          if (isBusy) response.set('Retry-After', String(comeAgainSeconds));
          next(isBusy ? new RequestRefused(503) : error);
        });
    });
  }
  return router;
}

/**
 * Bitbucket may honour a new secret only once its call has been answered, so the proof follows the answer. This one came
 * signed: it is not one of those that anybody can send, and in nobody's line.
 */
function proveNewSecret(reinstall: ReinstallName, { proveReinstall, log }: ConnectRoutesNeeds): void {
  proveReinstall(reinstall).catch((error: unknown) => log.error({ err: error }, 'proving a new secret failed'));
}
