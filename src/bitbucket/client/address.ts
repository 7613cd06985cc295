import { BitbucketUnavailable } from './errors';

/** Query parameters in order; a name may come several times. */
export type Query = readonly (readonly [name: string, value: string])[];

/** Both by UUID with braces. */
export interface RepositoryKey {
  readonly workspace: string;
  readonly repository: string;
}

/** By UUID in braces, percent-encoded: it survives renames and transfers. */
export function toRepositoryPath({ workspace, repository }: RepositoryKey): string {
  return `/2.0/repositories/${encodeURIComponent(workspace)}/${encodeURIComponent(repository)}`;
}

export function toWorkspacePath(workspace: string): string {
  return `/2.0/workspaces/${encodeURIComponent(workspace)}`;
}

/** A path with its query; `fields` last, commas and dots left readable. */
export function toAddress(path: string, query: Query, fields: readonly string[] = []): string {
  const pairs = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const asked = fields.length === 0 ? pairs : [...pairs, `fields=${fields.join(',')}`];
  return asked.length === 0 ? path : `${path}?${asked.join('&')}`;
}

/**
 * Only the configured host is ever called, whatever a `next` link or a redirect says: the request carries a token.
 * @throws BitbucketUnavailable naming the other host
 */
export function resolveOn(apiUrl: string, pathOrUrl: string, from?: URL): URL {
  const api = new URL(apiUrl);
  let url: URL;
  try {
    url =
      from === undefined && pathOrUrl.startsWith('/')
        ? new URL(api.origin + pathOrUrl)
        : new URL(pathOrUrl, from ?? api);
  } catch {
    throw new BitbucketUnavailable({ status: null, reason: 'a link is no address' });
  }
  if (url.origin !== api.origin || url.username !== '' || url.password !== '') {
    throw new BitbucketUnavailable({ status: null, reason: `a link leads to another host, ${url.host.slice(0, 100)}` });
  }
  url.hash = '';
  return url;
}
