import { Router, type RequestHandler } from 'express';
import { sendProblem } from '../middleware/problem';
import type { WebDependencies } from '../routing/web-dependencies';
import { handleWith } from './api-answer';
import type { ApiRoute } from './api-route';
import { listChoiceRoutes, listDeliveryRoutes } from './delivery-routes';
import { createImportRoute } from './import-route';
import { createOpenApi } from './openapi';
import { listReviewRoutes } from './review-routes';
import { createSessionRoute } from './session-route';
import { listViewRoutes } from './view-routes';
import { listSettingsRoutes } from './settings-routes';
import { createWhatChangedRoute } from './what-changed-route';

type ApiDependencies = Pick<
  WebDependencies,
  'settings' | 'reporting' | 'importStatus' | 'administration' | 'administrators'
> & {
  readonly sessions: Pick<WebDependencies['sessions'], 'renew'>;
};

/** Every route there is, and the description of them all. */
function listApiRoutes(needs: ApiDependencies): readonly ApiRoute[] {
  const routes: ApiRoute[] = [
    ...listDeliveryRoutes(needs.reporting),
    ...listReviewRoutes(needs.reporting),
    createWhatChangedRoute(needs.reporting),
    ...listChoiceRoutes(needs.reporting),
    createImportRoute(needs.importStatus),
    ...listSettingsRoutes(needs),
    ...listViewRoutes(needs),
    createSessionRoute(needs.sessions),
    {
      ...{ method: 'get', path: '/openapi.json', operationId: 'getDescription', summary: 'This description.' },
      answers: 'Description',
      answer: async () => Promise.resolve({ kind: 'json', body: description }),
    },
  ];
  const description = createOpenApi(needs.settings.baseUrl, routes);
  return routes;
}

/**
 * The API, to be mounted after a middleware has set `res.locals.caller` and one has parsed JSON. What it has no route
 * for is 404, and a method that a route does not know 405, both as problems.
 */
export function createApiRouter(needs: ApiDependencies): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const routes = listApiRoutes(needs);
  for (const path of new Set(routes.map((route) => route.path))) {
    const here = routes.filter((route) => route.path === path);
    const place = router.route(path);
    for (const { method, answer } of here) place[method](handleWith(answer));
    place.all(
      refuseMethod(here.map(({ method }) => (method === 'get' ? 'GET, HEAD' : method.toUpperCase())).join(', ')),
    );
  }
  router.use((_request, response) => sendProblem(response, 404));
  return router;
}

function refuseMethod(allowed: string): RequestHandler {
  return (request, response) => {
    response.set('Allow', allowed);
    sendProblem(response, 405, `${request.method} is not known here; ${allowed} is.`);
  };
}
