import type { ListingClient } from '../../bitbucket/client/pages';
import { resolveOn } from '../../bitbucket/client/address';
import { BitbucketUnavailable, Forbidden, NotFoundInBitbucket } from '../../bitbucket/client/errors';
import { send } from '../../bitbucket/client/transport';
import { SignInRefused } from './sign-in-refused';
import type { WindowNeeds } from './window-needs';

export type ViewerApi = ListingClient;

/**
 * The API as the person who signs in sees it. Outside any budget of ours, which is the service's; each question is
 * asked once, on the configured host alone, and no redirect is followed: the person waits, and the token is theirs.
 */
export function createViewerApi(
  token: string,
  { bitbucketApiUrl, timeoutMs }: Pick<WindowNeeds, 'bitbucketApiUrl'> & { readonly timeoutMs: number },
): ViewerApi {
  const resolve: ViewerApi['resolve'] = (pathOrUrl, from) =>
    resolveOn(bitbucketApiUrl, pathOrUrl, from === undefined ? undefined : new URL(from)).href;
  return {
    resolve,
    getJson: async (purpose, pathOrUrl) => {
      const url = new URL(resolve(pathOrUrl));
      const answer = await send({ url, authorization: `Bearer ${token}`, timeoutMs });
      if (answer.kind === 'no_answer') throw new SignInRefused('bitbucket_unavailable', `${purpose}: ${answer.reason}`);
      if (answer.kind === 'too_large') throw new SignInRefused('bitbucket_unreadable', `${purpose}: too large`);
      if (answer.body !== null) return parseBody(answer.body, purpose);
      throw toRefusal(answer.status, purpose);
    },
  };
}

function parseBody(body: string, purpose: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new SignInRefused('bitbucket_unreadable', `${purpose}: no JSON`);
  }
}

function toRefusal(status: number, purpose: string): Error {
  if (status === 403) return new Forbidden(purpose);
  if (status === 404 || status === 410) return new NotFoundInBitbucket(purpose);
  // Lists are asked for again with fewer items a page.
  if (status === 400) return new BitbucketUnavailable({ status, reason: 'status 400' });
  const isPassing = status === 429 || status >= 500;
  return new SignInRefused(
    isPassing ? 'bitbucket_unavailable' : 'bitbucket_unreadable',
    `${purpose}: status ${status}`,
  );
}
