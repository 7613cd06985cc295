const longestPath = 2000;
/** Browsers read a backslash as a slash and leave out what cannot be seen. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const misleading = /[\\\u0000-\u0020\u007f]/u;

/** The path of BASE_URL without a slash at the end: `` or `/drumbeat`. */
export function toBasePath(baseUrl: string): string {
  return new URL(baseUrl).pathname.replace(/\/+$/u, '');
}

/** Where our own window begins. */
export function toStartPage(baseUrl: string): string {
  return `${toBasePath(baseUrl)}/`;
}

/** Whether browsers are told to send a cookie through TLS alone. */
export function isSecureAddress(baseUrl: string): boolean {
  return new URL(baseUrl).protocol === 'https:';
}

/**
 * A path and query of ours, from something that an address merely says; whatever leads elsewhere, or to the sign-in
 * itself, becomes the start page.
 */
export function toOwnPath(to: string, baseUrl: string): string {
  const start = toStartPage(baseUrl);
  const url = readOwnUrl(to, baseUrl);
  // Dots have been resolved by now: what they uncovered must be ours too, and must not begin as the name of a host does.
  const isOurs = url !== null && url.pathname.startsWith(start) && !url.pathname.startsWith('//');
  return isOurs && !url.pathname.startsWith(`${start}sign-in`) ? `${url.pathname}${url.search}` : start;
}

function readOwnUrl(to: string, baseUrl: string): URL | null {
  const isPath = to.length <= longestPath && to.startsWith('/') && !misleading.test(to);
  if (!isPath || !URL.canParse(to, baseUrl)) return null;
  const url = new URL(to, baseUrl);
  return url.origin === new URL(baseUrl).origin ? url : null;
}
