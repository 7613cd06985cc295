import type { RequestListener } from 'node:http';
import express, { Router, type Express, type RequestHandler } from 'express';
import { Registry } from 'prom-client';
import { createApiRouter } from './api/api-router';
import { authenticateApi } from './middleware/api-authentication';
import { answerErrors, answerNotFound, messageStatuses, sendMessagePage } from './middleware/error-doors';
import {
  createNoticeCounter,
  createRequestMeter,
  measureRequests,
  type RequestMeter,
} from './middleware/measure-requests';
import { markOwnWindow } from './middleware/own-window-visit';
import { authenticatePages } from './middleware/page-authentication';
import { readForm, readJson } from './middleware/read-bodies';
import { createRefusedRequests, type RefusedRequests } from './middleware/refused-often';
import { logRequests } from './middleware/request-log';
import { setSecurityHeaders } from './middleware/security-headers';
import type { Turns } from './middleware/turns';
import { createTurns, limitApiWork } from './middleware/work-turns';
import { createNoticesRoutes } from './notices-route';
import { createOperationRoutes } from './operation-routes';
import { refuseInOwnWindow } from './own-window/refuse-in-own-window';
import { createUnchangedRoute } from './unchanged-route';
import { createWindowPages } from './own-window/window-pages';
import { createWindowRoutes } from './own-window/window-routes';
import { createPages, type Pages } from './pages-router';
import { apiPath, pagesPath, publicPath, formatBasePath } from './routing/paths';
import { serveAssets } from './routing/static-assets';
import type { WebDependencies } from './routing/web-dependencies';

/** What answers HTTP, with its own list of routes. */
export type WebApp = RequestListener & {
  readonly express: Express;
  /** `METHOD pattern` of those that do not pass through Express. */
  readonly plainRoutes: readonly string[];
};

/** In bytes. */
const largestOfApi = 1024 * 1024;
const largestForm = 256 * 1024;

/** The web room: everything that answers HTTP, beneath the path of BASE_URL. `limits`: without them it counts by itself. */
export function createWebApp(needs: WebDependencies, limits: Limits = createLimits(needs)): WebApp {
  const registry = needs.metrics ?? new Registry();
  const meter = createRequestMeter(registry);
  const notices = createNoticesRoutes({ ...needs, meter, countNotice: createNoticeCounter(registry) });
  const pages = createPages({ ...needs, ...limits });
  const unchanged = createUnchangedRoute({ ...needs, meter, findKept: pages.findKept });
  const app = createExpressApp({ ...needs, ...limits }, pages, { registry, meter });
  const listen: RequestListener = (request, response) => {
    if (notices.answer(request, response)) return;
    unchanged.answer({ request, response }, () => void app(request, response));
  };
  return Object.assign(listen, { express: app, plainRoutes: notices.list });
}

/** What callers may not have too much of, counted in one place for pages and API. */
interface Limits {
  readonly turns: Turns;
  readonly refused: RefusedRequests;
}

type LimitedWeb = WebDependencies & Limits;

function createLimits({ clock }: Pick<WebDependencies, 'clock'>): Limits {
  return { turns: createTurns(), refused: createRefusedRequests(clock) };
}

interface Measuring {
  readonly registry: Registry;
  readonly meter: RequestMeter;
}

function createExpressApp(needs: LimitedWeb, pages: Pages, { registry, meter }: Measuring): Express {
  const app = express();
  app.disable('x-powered-by');
  app.enable('case sensitive routing');
  // Nested values (`a[b]=c`) are not part of what Bitbucket signs; the simple parser knows none.
  app.set('query parser', 'simple');
  // Without proxies that are believed whoever is connected to us is who asks, whatever a header says.
  app.set('trust proxy', needs.settings.trustProxy ?? false);
  const basePath = formatBasePath(needs.settings.baseUrl);
  const operations = createOperationRoutes(needs, registry);
  const doors = { log: needs.log, renderMessage: pages.renderMessage, basePath };

  app.use(logRequests(needs.log), measureRequests(meter, needs), ...setSecurityHeaders(needs.settings));
  app.use(operations);
  app.use(basePath === '' ? '/' : basePath, createRoutes(needs, pages, operations));
  app.use(answerNotFound(doors));
  app.use(answerErrors(doors));
  return app;
}

function createRoutes(needs: LimitedWeb, pages: Pages, operations: RequestHandler): Router {
  const router = Router({ caseSensitive: true });
  router.use(operations);
  for (const door of needs.doors) router.use(door.routes);
  router.use(publicPath, ...serveAssets());
  router.use(
    apiPath,
    authenticateApi(needs),
    limitApiWork(needs.turns),
    readJson(largestOfApi),
    createApiRouter(needs),
  );
  const windowPages = createWindowPages(needs);
  router.use(createWindowRoutes({ ...needs, pages: windowPages }));
  router.use(
    pagesPath,
    markOwnWindow(),
    readForm(largestForm),
    authenticatePages(needs, async (request, response, refusal) => {
      const isAnswered = await refuseInOwnWindow({ request, response }, refusal, { ...needs, pages: windowPages });
      if (isAnswered) return;
      const isTooOften = messageStatuses[refusal] === 401 && needs.refused.isTooOften(request, response);
      const said = isTooOften ? 'refused-often' : refusal;
      await sendMessagePage({ request, response, renderMessage: pages.renderMessage }, said);
    }),
  );
  router.use(pages.router);
  return router;
}
