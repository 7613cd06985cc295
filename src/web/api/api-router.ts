import { Router, type RequestHandler } from 'express';
import { sendProblem } from '../middleware/problem';
import type { WebDependencies } from '../routing/web-dependencies';
import { handleWith } from './api-answer';
import { createDeliveryAnswers } from './delivery-routes';
import { createImportAnswer } from './import-route';
import { createOpenApi } from './openapi/openapi';
import { createReviewAnswers } from './review-routes';
import { createSessionAnswer } from './session-route';
import { createSettingsAnswers } from './settings-route';

export type ApiDependencies = Pick<WebDependencies, 'settings' | 'reporting' | 'importStatus' | 'administration'> & {
  readonly sessions: Pick<WebDependencies['sessions'], 'renew'>;
};

/**
 * The API, to be mounted after a middleware has set `res.locals.caller` and one has parsed JSON. What it has no route
 * for is 404, and a method that a route does not know 405, both as problems.
 */
export function createApiRouter(needs: ApiDependencies): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const openApi = createOpenApi(needs.settings.baseUrl);
  const settings = createSettingsAnswers(needs);
  const rows = { ...createDeliveryAnswers(needs.reporting), ...createReviewAnswers(needs.reporting) };
  for (const [path, answer] of Object.entries(rows)) {
    router.route(path).get(handleWith(answer)).all(refuseMethod('GET, HEAD'));
  }
  router
    .route('/import')
    .get(handleWith(createImportAnswer(needs.importStatus)))
    .all(refuseMethod('GET, HEAD'));
  router
    .route('/settings')
    .get(handleWith(settings.read))
    .patch(handleWith(settings.change))
    .all(refuseMethod('GET, HEAD, PATCH'));
  router
    .route('/session')
    .post(handleWith(createSessionAnswer(needs.sessions)))
    .all(refuseMethod('POST'));
  router
    .route('/openapi.json')
    .get((_request, response) => void response.json(openApi))
    .all(refuseMethod('GET, HEAD'));
  router.use((_request, response) => sendProblem(response, 404));
  return router;
}

function refuseMethod(allowed: string): RequestHandler {
  return (request, response) => {
    response.set('Allow', allowed);
    sendProblem(response, 405, `${request.method} is not known here; ${allowed} is.`);
  };
}
