import type { RequestHead } from '../door';

/** The one value of a header; `null` when it is missing or was sent more than once. */
function getOnlyHeader(request: RequestHead, name: string): string | null {
  const values = request.rawHeaders.filter(
    (_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === name,
  );
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** The token of a lifecycle call or notice: `Authorization: JWT …`, the scheme in capitals as Bitbucket writes it. */
export function getHeaderToken(request: RequestHead): string | null {
  const header = getOnlyHeader(request, 'authorization');
  return header?.startsWith('JWT ') === true ? header.slice(4) : null;
}

/** The token of a page: exactly one `jwt=` in the query and no credentials beside it. */
export function getQueryToken(request: RequestHead): string | null {
  const values = getQuery(request.originalUrl).getAll('jwt');
  const hasHeader = request.rawHeaders.some((text, index) => index % 2 === 0 && text.toLowerCase() === 'authorization');
  return values.length === 1 && !hasHeader ? (values[0] ?? null) : null;
}

export function getQuery(url: string): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : url.slice(start + 1));
}
