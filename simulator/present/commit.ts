import { presentPerson, type Json } from './account';
import { apiLink, siteLink, type Addresses } from './links';
import { fullNameOf, refOf } from './repository';
import { toSeconds } from './times';
import type { Commit, Repository, Workspace } from '../world/model';

/** Where a thing is shown: everything a presenter needs besides the thing. */
export interface Place {
  readonly addresses: Addresses;
  readonly workspace: Workspace;
  readonly repository: Repository;
}

/** A commit by its hash alone; pull requests shorten it to twelve characters. */
export function presentCommitRef({ addresses, workspace, repository }: Place, hash: string): Json {
  const fullName = fullNameOf(workspace, repository);
  return {
    hash,
    type: 'commit',
    links: {
      self: apiLink(addresses, `repositories/${fullName}/commit/${hash}`),
      html: siteLink(addresses, `${fullName}/commits/${hash}`),
    },
  };
}

/** A whole commit. Its one `date` is the author's (docs/definitions.md, 2.1). */
export function presentCommit(place: Place, commit: Commit): Json {
  const { addresses, workspace, repository } = place;
  const path = `repositories/${fullNameOf(workspace, repository)}`;
  const ref = presentCommitRef(place, commit.hash);
  return {
    ...presentPushedCommit(place, commit),
    links: {
      ...(ref['links'] as Json),
      diff: apiLink(addresses, `${path}/diff/${commit.hash}`),
      approve: apiLink(addresses, `${path}/commit/${commit.hash}/approve`),
      comments: apiLink(addresses, `${path}/commit/${commit.hash}/comments`),
      statuses: apiLink(addresses, `${path}/commit/${commit.hash}/statuses`),
      patch: apiLink(addresses, `${path}/patch/${commit.hash}`),
    },
    repository: refOf(addresses, workspace, repository),
  };
}

/** A commit inside a push notice. */
export function presentPushedCommit(place: Place, commit: Commit): Json {
  const ref = presentCommitRef(place, commit.hash);
  const user = presentPerson(place.addresses, place.workspace, commit.authorUuid);
  const message = presentText(commit.message);
  return {
    ...ref,
    date: toSeconds(commit.authoredAt),
    author: { type: 'author', raw: commit.rawAuthor, ...(user === null ? {} : { user }) },
    message: commit.message,
    summary: message,
    parents: commit.parents.map((parent) => presentCommitRef(place, parent)),
    rendered: { message },
    properties: {},
  };
}

/** Text as typed and as HTML, which nobody should trust. */
export function presentText(raw: string): Json {
  const html = raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').trimEnd();
  return { type: 'rendered', raw, markup: 'markdown', html: html === '' ? '' : `<p>${html}</p>` };
}
