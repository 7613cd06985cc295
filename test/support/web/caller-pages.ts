import express, { type Express } from 'express';
import { messageStatuses } from '../../../src/web/middleware/error-doors';
import { authenticatePages } from '../../../src/web/middleware/page-authentication';
import type { WebDependencies, WebLocals } from '../../../src/web/routing/web-dependencies';

/** What is in the workspace that callers come from. */
export const drums = '{22222222-2222-4222-8222-222222222222}';
export const flutes = '{33333333-3333-4333-8333-333333333333}';

/** Pages below `/pages` that answer with the caller whom they admitted, and to others with a status alone. */
export function createCallerPages(needs: WebDependencies): Express {
  const app = express().set('query parser', 'simple');
  const admit = authenticatePages(
    needs,
    async (_request, response, refusal) => void response.status(messageStatuses[refusal]).end(),
  );
  app.use('/pages', express.urlencoded({ extended: false }), admit, (_request, response) => {
    response.json((response.locals as WebLocals).page);
  });
  return app;
}
