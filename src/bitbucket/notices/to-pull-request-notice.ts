import { z } from 'zod';
import { lookUp } from '../../domain/look-up';
import type { Instant } from '../../domain/instant';
import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';
import type { PullRequestActivity } from '../../domain/pull-requests/pull-request-activity';
import { UnreadablePayload } from '../client/errors';
import { instant, orNull, person } from '../client/payload';
import { createVerdict, toComment, type VerdictKind } from '../pull-requests/to-activity';

/** `changes_request` is told by analogy only; the name the activity uses is taken too. */
const verdicts: Readonly<Record<string, { kind: VerdictKind; members: readonly string[] }>> = {
  'pullrequest:approved': { kind: 'approval', members: ['approval'] },
  'pullrequest:unapproved': { kind: 'approval_withdrawn', members: ['approval'] },
  'pullrequest:changes_request_created': {
    kind: 'changes_request',
    members: ['changes_request', 'changes_requested'],
  },
  'pullrequest:changes_request_removed': {
    kind: 'changes_request_withdrawn',
    members: ['changes_request', 'changes_requested'],
  },
};

/** That a comment was resolved or reopened is no review, whoever did it. */
const tellingComments: ReadonlySet<string> = new Set([
  ...['pullrequest:comment_created', 'pullrequest:comment_updated', 'pullrequest:comment_deleted'],
]);

const verdictBody = z.object({ date: orNull(instant), user: person }).catch({ date: null, user: null });

/**
 * The activity that a notice about a pull request tells, if it tells one. A broken activity leaves the rest of it good.
 */
export function toActivities(
  eventKey: string,
  payload: Readonly<Record<string, unknown>>,
  pullRequest: PullRequestSnapshot,
): PullRequestActivity[] {
  const verdict = lookUp(verdicts, eventKey);
  if (verdict !== undefined) {
    const body = verdict.members.map((name) => lookUp(payload, name)).find((member) => member !== undefined);
    const { date, user } = verdictBody.parse(body);
    const at = toMoment(verdict.kind, date, pullRequest.updatedAt);
    return [createVerdict(verdict.kind, at, user ?? person.parse(payload['actor']))];
  }
  return tellingComments.has(eventKey) ? toComments(eventKey, payload) : [];
}

/**
 * When a verdict is taken back, `date` may be that of the verdict itself (no source says); the pull request was
 * updated by the taking back, so the later of the two is after the verdict in any case.
 */
function toMoment(kind: VerdictKind, date: Instant | null, updatedAt: Instant): Instant {
  return kind.endsWith('_withdrawn') ? Math.max(date ?? updatedAt, updatedAt) : (date ?? updatedAt);
}

function toComments(eventKey: string, payload: Readonly<Record<string, unknown>>): PullRequestActivity[] {
  try {
    const comment = toComment(payload['comment']);
    const isDeleted = eventKey === 'pullrequest:comment_deleted';
    return comment === null ? [] : [{ ...comment, isDeleted: isDeleted || comment.isDeleted }];
  } catch (error) {
    if (error instanceof UnreadablePayload) {
      return [];
    }
    throw error;
  }
}
