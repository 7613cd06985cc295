import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { findAsked } from './bodies/send-body';
import { getBearerToken } from './middleware/credentials';
import { pageKind, type RequestMeter } from './middleware/measure-requests';
import { recognise, type PageNeeds } from './middleware/page-authentication';
import { giveRequestId, logRequest } from './middleware/request-log';
import { setSecurityHeaders } from './middleware/security-headers';
import { numbersPages, type NumbersPage, type Pages } from './pages-router';
import { readPageParameters } from './presentation/filter/page-parameters';
import { formatBasePath, pagePaths } from './routing/paths';
import type { WebDependencies } from './routing/web-dependencies';

type UnchangedNeeds = PageNeeds &
  Pick<WebDependencies, 'settings'> &
  Pick<Pages, 'findKept'> & { readonly meter: RequestMeter };

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/**
 * Each open page asks twice a minute whether it has changed, and mostly it has not: nothing of what a page needs is done
 * then, so this stands before Express. It knows the one answer 304, to whoever the pages themselves would let in; all
 * else, refusals and mistakes too, is `next` to answer.
 */
export function createUnchangedRoute(needs: UnchangedNeeds) {
  const basePath = formatBasePath(needs.settings.baseUrl);
  const pages = new Map(numbersPages.map((page) => [`${basePath}${pagePaths[page]}`, page]));
  const setHeaders = setSecurityHeaders(needs.settings);
  return {
    answer(exchange: Exchange, next: () => void): void {
      const page = pages.get((exchange.request.url ?? '').split('?', 1)[0] ?? '');
      if (page === undefined || !isAskedAgain(exchange.request)) {
        next();
        return;
      }
      const startedAt = performance.now();
      const tell = (etag: string) => {
        takeDown(exchange, startedAt, needs);
        for (const set of setHeaders) set(exchange.request, exchange.response, () => undefined);
        exchange.response.setHeader('Vary', 'Accept-Encoding');
        exchange.response.setHeader('ETag', etag);
        exchange.response.statusCode = 304;
        exchange.response.end();
      };
      findUnchanged(page, exchange.request, needs).then(
        (etag) => (etag === null ? next() : tell(etag)),
        // It will fail there again, where it is told to the log and to whoever asked.
        () => next(),
      );
    },
  };
}

/** By our script, which has a session, and names what it shows. */
function isAskedAgain(request: IncomingMessage): boolean {
  return request.method === 'GET' && 'if-none-match' in request.headers && getBearerToken(request) !== null;
}

/** The name by which what is asked for is known already; `null`: it is another body by now, or none is kept. */
async function findUnchanged(
  page: NumbersPage,
  request: IncomingMessage,
  needs: UnchangedNeeds,
): Promise<string | null> {
  const { method = '', url: originalUrl = '', rawHeaders, headers, socket } = request;
  const query = parse(originalUrl.split(/\?(.*)/su, 2)[1] ?? '');
  const caller = await recognise(page, { method, originalUrl, rawHeaders, headers, socket, query }, needs);
  if (typeof caller === 'string') return null;
  const parameters = readPageParameters({ originalUrl, body: undefined });
  const body = await needs.findKept({ page, caller, parameters });
  return body && findAsked(headers['if-none-match'], body.hash);
}

/** As every request is, in the log and among the measurements. */
function takeDown({ request, response }: Exchange, startedAt: number, { log, meter }: UnchangedNeeds): void {
  giveRequestId(response);
  response.once('close', () => {
    const milliseconds = performance.now() - startedAt;
    meter({ kind: pageKind, status: response.statusCode, milliseconds });
    logRequest(log, request, { response, milliseconds });
  });
}
