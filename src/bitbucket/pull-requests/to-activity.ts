import { z } from 'zod';
import type { Instant } from '../../domain/instant';
import type { Person } from '../../domain/people/person';
import type { PullRequestActivity } from '../../domain/pull-requests/pull-request-activity';
import { hash, inside, instant, nest, orNull, person, personFields, read, word } from '../client/payload';

/** What `toComment` reads. All of `inline`: that it is there at all is what counts. */
const commentFields = ['id', 'created_on', 'deleted', 'pending', 'inline', ...nest('user', personFields)];
const verdictFields = ['date', ...nest('user', personFields)];
const updateFields = ['date', 'state', 'draft', 'source.commit.hash', ...nest('author', personFields)];

/** What an activity entry is read from, for `fields=`. */
export const fieldsOfActivities = [
  ...nest('comment', commentFields),
  ...nest('approval', verdictFields),
  ...nest('changes_requested', verdictFields),
  ...nest('changes_request', verdictFields),
  ...nest('update', updateFields),
];

const commentBody = z.object({
  id: z.int().nonnegative(),
  created_on: instant,
  user: person,
  deleted: orNull(z.boolean()),
  pending: orNull(z.boolean()),
  inline: orNull(z.record(z.string(), z.unknown())),
});

const verdictBody = z.object({ date: instant, user: person });

const updateBody = z.object({
  date: instant,
  state: orNull(word),
  draft: orNull(z.boolean()),
  author: person,
  source: inside('commit', inside('hash', hash)),
});

/** An approval or a request for changes, given or taken back. */
export type VerdictKind = Exclude<PullRequestActivity['kind'], 'comment' | 'update'>;

const bare = { isInline: false, isDeleted: false, state: null, sourceHash: null, isDraft: null };

/**
 * A comment, whole or on a line or file: an inline one may have neither `from` nor `to`.
 * `null` for one that its author has not published yet.
 * @throws UnreadablePayload
 */
export function toComment(payload: unknown): PullRequestActivity | null {
  const comment = read(commentBody, payload);
  if (comment.pending === true) {
    return null;
  }
  return {
    ...bare,
    key: `comment:${comment.id}`,
    kind: 'comment',
    at: comment.created_on,
    actor: comment.user,
    isInline: comment.inline !== null && Object.keys(comment.inline).length > 0,
    isDeleted: comment.deleted ?? false,
  };
}

/** `{ date, user }` of an activity entry. @throws UnreadablePayload */
export function toVerdict(kind: VerdictKind, payload: unknown): PullRequestActivity {
  const verdict = read(verdictBody, payload);
  return createVerdict(kind, verdict.date, verdict.user);
}

/** One verdict a person, kind and moment, from whatever source. */
export function createVerdict(kind: VerdictKind, at: Instant, actor: Person | null): PullRequestActivity {
  return { ...bare, key: `${kind}:${actor?.uuid ?? 'unknown'}:${at}`, kind, at, actor };
}

/** An edit, a push or a change of state; its `author` is whoever acted. @throws UnreadablePayload */
export function toUpdate(payload: unknown): PullRequestActivity {
  const update = read(updateBody, payload);
  return {
    ...bare,
    key: `update:${update.date}:${update.state ?? 'UNKNOWN'}`,
    kind: 'update',
    at: update.date,
    actor: update.author,
    state: update.state,
    sourceHash: update.source,
    isDraft: update.draft,
  };
}
