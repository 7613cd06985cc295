import { createHash, timingSafeEqual } from 'node:crypto';
import { Router, type Request, type RequestHandler } from 'express';
import type { Registry } from 'prom-client';
import { lookUp } from '../domain/look-up';
import { getBearerToken } from './middleware/credentials';
import { sendProblem } from './middleware/problem';
import { operationPaths } from './routing/paths';
import type { Health, WebDependencies } from './routing/web-dependencies';

type OperationNeeds = Pick<WebDependencies, 'health' | 'settings'>;

/** A probe gives up before a checker that asks every five seconds does. */
const healthTimeoutMs = 4_000;
const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
/** What a proxy in front of us adds: then the loopback address is the proxy's and says nothing about who asks. */
const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** For those who run the server: alive, able to work, and how much it does. */
export function createOperationRoutes(needs: OperationNeeds, registry: Registry): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get(operationPaths.live, (_request, response) => void response.json({ status: 'ok' }));
  router.get(operationPaths.ready, (_request, response, next) => {
    checkHealth(needs.health)
      .then(({ ok, problems }) =>
        ok ? response.json({ status: 'ok' }) : response.status(503).json({ status: 'unavailable', problems }),
      )
      .catch(next);
  });
  router.get(operationPaths.metrics, guardMetrics(needs.settings.metricsToken), (_request, response, next) => {
    registry
      .metrics()
      .then((text) => response.type(registry.contentType).send(text))
      .catch(next);
  });
  return router;
}

/** A check that fails or hangs is itself a reason not to be ready. */
async function checkHealth(health: OperationNeeds['health']): Promise<Health> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Health>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, problems: ['the check did not end'] }), healthTimeoutMs);
  });
  try {
    return await Promise.race([health(), late]);
  } catch {
    return { ok: false, problems: ['the check failed'] };
  } finally {
    clearTimeout(timer);
  }
}

/** With a token: whoever shows it. Without: only this machine, by the socket's address and not by what a header says. */
function guardMetrics(token: string | null): RequestHandler {
  return (request, response, next) => {
    const isAllowed = token === null ? isFromHere(request) : isSame(getBearerToken(request), token);
    if (isAllowed) next();
    else sendProblem(response, token === null ? 403 : 401);
  };
}

function isFromHere(request: Request): boolean {
  const isProxied = proxyHeaders.some((name) => lookUp(request.headers, name) !== undefined);
  return !isProxied && loopback.has(request.socket.remoteAddress ?? '');
}

function isSame(shown: string | null, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  return shown !== null && timingSafeEqual(digest(shown), digest(token));
}
