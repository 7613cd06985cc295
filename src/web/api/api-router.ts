import { Router } from 'express';
import type { WebDependencies } from '../web-dependencies';

/** The API, to be mounted after a middleware has set `res.locals.caller`. */
export function createApiRouter(_needs: WebDependencies): Router {
  return Router();
}
