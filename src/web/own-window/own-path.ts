import { buildPageName, formatBasePath, pagePaths } from '../routing/paths';

/** Never passed on: tokens of another way in, and what would lead in circles. */
const leftOut = new Set(['jwt', 'session', 'to']);
const longestPath = 2_000;

/** Browsers read a backslash as a slash, and leave out what cannot be seen. */
function isPath(to: unknown): to is string {
  return typeof to === 'string' && to.length <= longestPath && /^\/[^\\\p{Cc}\s]*$/u.test(to);
}

/**
 * Where somebody wanted to go, as a path of ours; `null` for anything that is not one of our pages. It is taken from an
 * address, so anybody may have written it: what leads to another host, in whatever spelling, leads nowhere.
 */
export function readOwnPath(to: unknown, baseUrl: string): string | null {
  const url = isPath(to) ? URL.parse(to, baseUrl) : null;
  if (url?.origin !== new URL(baseUrl).origin) return null;
  const base = formatBasePath(baseUrl);
  const page = url.pathname.startsWith(base) ? buildPageName(url.pathname.slice(base.length)) : null;
  if (page === null) return null;
  const kept = [...url.searchParams].filter(([name]) => !leftOut.has(name));
  const query = new URLSearchParams(kept).toString();
  return `${base}${pagePaths[page]}${query === '' ? '' : `?${query}`}`;
}
