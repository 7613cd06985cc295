/** What of a request its token vouches for, exactly as it arrived. An Express request is one. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as on the wire, with the path of BASE_URL. */
  readonly originalUrl: string;
  /** Names and values in turn: here a header that was sent twice still shows. */
  readonly rawHeaders: readonly string[];
}

/** The one value of a header; `null` when it is missing or was sent more than once. */
export function getOnlyHeader(request: SignedRequest, name: string): string | null {
  const values = request.rawHeaders.filter(
    (_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === name,
  );
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** The token of a lifecycle call or notice: `Authorization: JWT …`, the scheme in capitals as Bitbucket writes it. */
export function getHeaderToken(request: SignedRequest): string | null {
  const header = getOnlyHeader(request, 'authorization');
  return header?.startsWith('JWT ') === true ? header.slice(4) : null;
}

/** The token of a page: exactly one `jwt=` in the query and no credentials beside it. */
export function getQueryToken(request: SignedRequest): string | null {
  const values = getQuery(request.originalUrl).getAll('jwt');
  const hasHeader = request.rawHeaders.some((text, index) => index % 2 === 0 && text.toLowerCase() === 'authorization');
  return values.length === 1 && !hasHeader ? (values[0] ?? null) : null;
}

export function getQuery(url: string): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : url.slice(start + 1));
}
