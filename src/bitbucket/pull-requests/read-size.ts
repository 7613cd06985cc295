import { toRepositoryPath, type Query, type RepositoryKey } from '../client/address';
import type { BitbucketClient } from '../client/bitbucket-client';
import { ifNotFound, UnreadablePayload } from '../client/errors';
import { readWholeListing } from '../client/listing';
import { fileSizeFields, toFileSize, type Size } from './to-size';

/** What leads to the diffstat of a pull request; the more of it is known, the fewer requests. */
export interface SizedPullRequest {
  readonly number: number;
  /** As Bitbucket gave it in the pull request. */
  readonly diffstatUrl: string | null;
  readonly sourceHash: string | null;
  readonly destinationHash: string | null;
  /** Of the repository the source branch lives in. */
  readonly sourceFullName: string | null;
}

/**
 * Lines added and removed by a pull request. `…/pullrequests/<n>/diffstat` only redirects to `…/diffstat/<spec>`;
 * asking for the spec itself saves a request a pull request. The repository is addressed by its UUID also where
 * Bitbucket's own link names it, because that name may be an old one.
 * @throws UnreadablePayload when a file cannot be understood: half a size is none
 */
export async function readSize(
  client: BitbucketClient,
  key: RepositoryKey,
  pullRequest: SizedPullRequest,
): Promise<Size> {
  const ask = ({ path, query }: Diffstat) =>
    readWholeListing(client, {
      purpose: 'sizes',
      path: toRepositoryPath(key) + path,
      query,
      pagelen: 100,
      fields: fileSizeFields,
      toItem: toFileSize,
    });
  const byNumber = fromNumber(pullRequest);
  const wanted = fromLink(pullRequest.diffstatUrl) ?? fromHashes(pullRequest) ?? byNumber;
  // The form of a spec is nowhere promised: Bitbucket itself knows the right one.
  const { items, unreadable } = await (wanted === byNumber
    ? ask(byNumber)
    : ifNotFound(ask(wanted), () => ask(byNumber)));
  if (unreadable.length > 0) {
    throw new UnreadablePayload({ eventKey: null, problems: unreadable.slice(0, 5) });
  }
  return {
    linesAdded: items.reduce((sum, file) => sum + file.linesAdded, 0),
    linesRemoved: items.reduce((sum, file) => sum + file.linesRemoved, 0),
  };
}

interface Diffstat {
  /** Relative to the repository. */
  readonly path: string;
  readonly query: Query;
}

function fromLink(link: string | null): Diffstat | null {
  if (link === null || !URL.canParse(link)) {
    return null;
  }
  const url = new URL(link);
  const [, spec] = /^\/2\.0\/repositories\/[^/]+\/[^/]+\/diffstat\/(.+)$/.exec(url.pathname) ?? [];
  if (spec === undefined) {
    return null;
  }
  const kept = ['from_pullrequest_id', 'topic'].flatMap((name) => {
    const value = url.searchParams.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { path: `/diffstat/${spec}`, query: kept };
}

/** The form of Bitbucket's own links: the source first, a carriage return between the two, three dots' meaning. */
function fromHashes({ number, sourceHash, destinationHash, sourceFullName }: SizedPullRequest): Diffstat | null {
  if (sourceHash === null || destinationHash === null || sourceFullName === null) {
    return null;
  }
  const owner = sourceFullName.split('/').map(encodeURIComponent).join('/');
  return {
    path: `/diffstat/${owner}:${sourceHash}%0D${destinationHash}`,
    query: [
      ['from_pullrequest_id', String(number)],
      ['topic', 'true'],
    ],
  };
}

function fromNumber({ number }: SizedPullRequest): Diffstat {
  return { path: `/pullrequests/${number}/diffstat`, query: [] };
}
