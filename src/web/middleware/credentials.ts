import type { Request } from 'express';
import type { RequestHead } from '../../doors/door';
import type { WindowRequest } from '../../doors/own-window';

/** The token of `Authorization: Bearer …`; `null` when it is missing, sent twice, or of another kind. */
export function getBearerToken(request: Pick<RequestHead, 'rawHeaders'>): string | null {
  const values = request.rawHeaders.filter(
    (_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === 'authorization',
  );
  const only = values.length === 1 ? (values[0] ?? '') : '';
  return /^Bearer ([\w.-]{1,4096})$/u.exec(only)?.[1] ?? null;
}

export function hasAuthorization(request: Pick<Request, 'headers'>): boolean {
  return request.headers.authorization !== undefined;
}

/** A field of a form that was sent exactly once. */
export function getField(body: unknown, name: string): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : null;
}

/** A request as our own window sees it: who is connected to us, whatever a header says. */
export function readHead({
  method,
  originalUrl,
  rawHeaders,
  socket,
}: RequestHead & Pick<Request, 'socket'>): WindowRequest {
  return { method, originalUrl, rawHeaders, remoteAddress: socket.remoteAddress ?? '' };
}
