import { z } from 'zod';
import type { Instant } from '../../domain/instant';
import type { PullRequestActivity } from '../../domain/pull-requests/pull-request-activity';
import { orNull, read } from '../client/payload';
import { fieldsOfActivities, toComment, toUpdate, toVerdict } from './to-activity';

/** One entry of an activity list. */
export interface ActivityEntry {
  /** Of the pull request it belongs to. */
  readonly number: number;
  /** `null` for a kind of entry that is no activity to us. */
  readonly activity: PullRequestActivity | null;
  /** The moment of the merge, where this entry is the merge. */
  readonly mergedAt: Instant | null;
}

/** What `toActivityEntry` reads, for `fields=`. */
export const activityFields = ['pull_request.id', ...fieldsOfActivities];

const member = z.unknown().optional();

const body = z.object({
  pull_request: orNull(z.object({ id: z.int().positive() })),
  comment: member,
  approval: member,
  /** The member's name is not certain: both have been told of. */
  changes_requested: member,
  changes_request: member,
  update: member,
});

const numberBody = z.object({ pull_request: z.object({ id: z.int().positive() }) });

/**
 * One entry of an activity: a comment, an approval, a request for changes or an update.
 * @param asked the pull request whose activity was asked for, where it was one
 * @throws UnreadablePayload
 */
export function toActivityEntry(payload: unknown, asked: number | null): ActivityEntry {
  const entry = read(body, payload);
  const number = asked ?? entry.pull_request?.id ?? read(numberBody, payload).pull_request.id;
  const activity = toActivityOf(entry);
  return {
    number,
    activity,
    mergedAt: activity?.kind === 'update' && activity.state === 'MERGED' ? activity.at : null,
  };
}

function toActivityOf(entry: z.output<typeof body>): PullRequestActivity | null {
  if (isThere(entry.comment)) {
    return toComment(entry.comment);
  }
  if (isThere(entry.approval)) {
    return toVerdict('approval', entry.approval);
  }
  const changesRequest = isThere(entry.changes_requested) ? entry.changes_requested : entry.changes_request;
  if (isThere(changesRequest)) {
    return toVerdict('changes_request', changesRequest);
  }
  return isThere(entry.update) ? toUpdate(entry.update) : null;
}

function isThere(member: unknown): boolean {
  return member !== undefined && member !== null;
}
