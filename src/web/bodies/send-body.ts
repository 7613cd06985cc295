import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { hasAuthorization } from '../middleware/credentials';
import type { Encoding, PageBody } from './page-body';

/** Sends a page with the session of its reader in it. */
export async function sendBody(
  { request, response }: { readonly request: Request; readonly response: Response },
  body: PageBody,
  { status, session }: { readonly status: number; readonly session: string },
): Promise<void> {
  const encoding = chooseEncoding(request);
  if (encoding !== 'identity') response.setHeader('Content-Encoding', encoding);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  const written = await body.write(session, encoding);
  response.setHeader('Content-Length', written.length);
  response.status(status).end(request.method === 'HEAD' ? undefined : written);
}

/**
 * Our script has a session, keeps it alive by itself and shows the page already: it is told that nothing else stands
 * on the page now. Whether that is so was known before; a body is not needed for it. `true`: it was told, and that is all.
 */
export function answerUnchanged(
  { request, response }: { readonly request: Request; readonly response: Response },
  { hash }: Pick<PageBody, 'hash'>,
  session: string,
): boolean {
  response.vary('Accept-Encoding');
  if (!isReading(request) || !hasAuthorization(request)) return false;
  const found = findAsked(request.headers['if-none-match'], hash);
  const sent = createHash('sha256').update(session).digest('base64url').slice(0, 11);
  response.setHeader('ETag', found ?? `"${hash}.${sent}.${chooseEncoding(request)}"`);
  if (found !== null) response.status(304).end();
  return found !== null;
}

/**
 * The name by which a browser that asks knows this very body, if it does. What it was sent had a session of its own in
 * it: it is named by the page first, and then by what made it unique.
 */
export function findAsked(asked: string | undefined, hash: string): string | null {
  return [...(asked ?? '').matchAll(/"([\w-]{22})\.[\w.-]*"/gu)].find(([, page]) => page === hash)?.[0] ?? null;
}

function isReading({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

function chooseEncoding(request: Request): Encoding {
  return request.acceptsEncodings('gzip', 'identity') === 'gzip' ? 'gzip' : 'identity';
}
