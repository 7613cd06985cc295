import type { ParsedUrlQuery } from 'node:querystring';
import type { Request, RequestHandler } from 'express';
import type { WebLocals } from '../routing/web-dependencies';
import { hasAuthorization } from './credentials';
import { readUuid } from './page-access';
import { setOwnWindowHeaders } from './security-headers';

/** Where a browser shows an answer inside another page; older ones do not say, and show none of ours there. */
const frames = new Set(['iframe', 'frame', 'embed', 'object', 'fencedframe']);

/**
 * Is a page asked for in our own window? There alone an address names its workspace and nothing else vouches for the
 * visitor: inside Bitbucket's frame a page comes with a token, and goes on with its session without naming it. Only
 * such a request is looked at for a cookie, so a form or the API never is.
 */
export function isOwnWindowVisit(request: Pick<Request, 'method' | 'headers'> & { readonly query: unknown }): boolean {
  const query = request.query as ParsedUrlQuery;
  return (
    ['GET', 'HEAD'].includes(request.method) &&
    !hasAuthorization(request) &&
    query['jwt'] === undefined &&
    query['session'] === undefined &&
    readUuid(query, 'workspace') !== null &&
    !frames.has(String(request.headers['sec-fetch-dest']))
  );
}

/** The browser itself goes there, and a person is in front of it. */
export function isNavigation({ headers }: Pick<Request, 'headers'>): boolean {
  const mode = headers['sec-fetch-mode'];
  return (mode === undefined || mode === 'navigate') && (headers.accept ?? '').includes('text/html');
}

/** Also what is refused, and our own mistakes, are answered as in our own window. */
export function markOwnWindow(): RequestHandler {
  return (request, response, next) => {
    if (isOwnWindowVisit(request)) {
      (response.locals as WebLocals).isOwnWindow = true;
      setOwnWindowHeaders(response);
    }
    next();
  };
}
