import type { Instant } from '../instant';
import type { OpenPullRequest } from '../pull-requests/pull-request-history';
import type { Phase } from './phase';
import { findPhase, followReview, type ReviewProgress } from './review-progress';

/**
 * What an open pull request waits for. `changes`: that the author makes those that a reviewer asked for; `answer`: that
 * the author answers a comment on the code; `ready`: that the author ends the draft; `queue`: its turn in a merge queue.
 */
export const waits = ['first_review', 'review', 'changes', 'answer', 'ready', 'merge', 'queue'] as const;
export type WaitsFor = (typeof waits)[number];

export interface Wait {
  readonly waitsFor: WaitsFor;
  /** The phase of a life that this wait belongs to: how long it usually is. */
  readonly phase: Phase;
  readonly since: Instant;
  /**
   * Uuids of whomever it waits for: for a review those who were asked and have given no verdict, else the author. An
   * empty list: nobody was asked, or it is nobody's turn. `null`: not known.
   */
  readonly whom: readonly string[] | null;
}

/**
 * What an open pull request waits for now, whom and since when (docs/definitions.md, 6.4; decision 0038). As its phases
 * tell, but for an approved one of which somebody asks for changes: that waits for its author. Whether it is a draft is
 * as it was seen last, whatever its activities tell.
 * @param context.ignored Uuids, with braces, of bots and of people left out: nobody waits for them.
 */
export function findWait(
  pullRequest: OpenPullRequest,
  { ignored, now }: { readonly ignored: ReadonlySet<string>; readonly now: Instant },
): Wait {
  const end = { at: Math.max(pullRequest.openedAt, now), isOpen: true };
  const { transitions, course } = followReview(pullRequest, { ignored, end }, findWaitPhase);
  course.isDraft = pullRequest.isDraft;
  course.isQueued ||= pullRequest.isQueued;
  const phase = findWaitPhase(course);
  const last = transitions.at(-1);
  const since = last?.phase === phase ? last.at : findLastMove(pullRequest);
  return {
    waitsFor: toWaitsFor(phase, course),
    phase,
    since: Math.min(since, now),
    whom: findWhom(phase, pullRequest, course),
  };
}

/** Whoever asks for changes and was not answered holds up what others approved. */
function findWaitPhase(course: ReviewProgress): Phase {
  const phase = findPhase(course);
  return phase === 'approved' && asksForChanges(course) ? 'waiting_for_author' : phase;
}

function asksForChanges({ requests }: ReviewProgress): boolean {
  return [...requests.values()].includes(true);
}

const waitOf: Readonly<Partial<Record<Phase, WaitsFor>>> = {
  draft: 'ready',
  waiting_for_first_review: 'first_review',
  approved: 'merge',
  in_merge_queue: 'queue',
};

function toWaitsFor(phase: Phase, course: ReviewProgress): WaitsFor {
  if (phase === 'waiting_for_author') return asksForChanges(course) ? 'changes' : 'answer';
  return waitOf[phase] ?? 'review';
}

/** When what its marks tell and no activity does became so, nobody knows: at the earliest after the last activity. */
function findLastMove({ openedAt, activities }: OpenPullRequest): Instant {
  return activities.reduce((last, { at }) => Math.max(last, at), openedAt);
}

function findWhom(phase: Phase, pullRequest: OpenPullRequest, course: ReviewProgress): readonly string[] | null {
  if (phase === 'in_merge_queue') return [];
  if (phase !== 'waiting_for_first_review' && phase !== 'in_review') {
    return pullRequest.authorUuid === null ? null : [pullRequest.authorUuid];
  }
  return findReviewers(pullRequest, course);
}

/** Those who were asked, and those whose changes were made; not the author, and no bot. */
function findReviewers(
  { reviewerUuids, authorUuid }: OpenPullRequest,
  { ignored, approvals, requests }: ReviewProgress,
): readonly string[] | null {
  const isAwaited = (uuid: string) => uuid !== authorUuid && !ignored.has(uuid) && !approvals.has(uuid);
  const awaited = [...new Set([...requests.keys(), ...(reviewerUuids ?? [])])].filter(isAwaited);
  return awaited.length === 0 && reviewerUuids === null ? null : awaited;
}
