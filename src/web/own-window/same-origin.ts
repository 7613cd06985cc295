import type { Request } from 'express';

/**
 * Did a page of ours send this form? Browsers say so in `Sec-Fetch-Site`, which no script can set. They keep it from
 * addresses that are neither https nor on this machine, and then say no more than `Origin: null`, since our pages send
 * no referrer; only there is that believed. The cookie (SameSite=Lax) does not come along from elsewhere in any case.
 */
export function isFromOwnPage(request: Pick<Request, 'headers'>, baseUrl: string): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined) return site === 'same-origin';
  if (origin === undefined) return true;
  const base = new URL(baseUrl);
  return origin === base.origin || (origin === 'null' && !isTrustworthy(base));
}

/** As browsers see it. */
function isTrustworthy({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/u.test(hostname);
}
