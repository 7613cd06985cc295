import type { Instant } from '../instant';
import { listTransitions, type Transition } from './review-progress';
import type { Phase, PhaseSeconds, PhaseSpan } from './phase';
import type { PullRequestHistory } from '../pull-requests/pull-request-history';

export interface LedgerContext {
  /** Uuids, with braces, of bots and of people left out. */
  readonly ignored: ReadonlySet<string>;
  /** `null`: not known to be deployed. */
  readonly deployedAt: Instant | null;
  /** Up to when a life that has not ended is told: now, or for a statistic the merge. */
  readonly endAt: Instant;
}

/** The turning points of a life, each at or after the one before. */
interface Milestones {
  readonly beginAt: Instant;
  readonly openedAt: Instant;
  /** The merge, the closing, or the end of what is told of an open one. */
  readonly reviewEndAt: Instant;
  readonly endAt: Instant;
}

/**
 * A life cut into phases without gap or overlap, to the millisecond; pieces of no length are left out. It begins with
 * the first commit, or with the opening where that is earlier or no commit is known. It ends with the deployment, with
 * the closing without a merge, or at `endAt`. Contradicting times (a merge before the opening) make a piece of no
 * length, never a negative one. The order of the activities does not matter.
 */
export function toPhaseSpans(life: PullRequestHistory, context: LedgerContext): PhaseSpan[] {
  const milestones = findMilestones(life, context);
  const turns = listTurns(life, context, milestones);
  const spans: PhaseSpan[] = [];
  turns.forEach(({ phase, at }, index) => {
    const startAt = Math.max(at, milestones.beginAt);
    const endAt = Math.min(turns[index + 1]?.at ?? milestones.endAt, milestones.endAt);
    if (endAt > startAt) {
      spans.push({ phase, startAt, endAt });
    }
  });
  return spans;
}

/** Seconds spent in each phase; one that never was has 0. */
export function toPhaseSeconds(spans: readonly PhaseSpan[]): PhaseSeconds {
  const milliseconds = new Map<Phase, number>();
  for (const { phase, startAt, endAt } of spans) {
    milliseconds.set(phase, (milliseconds.get(phase) ?? 0) + endAt - startAt);
  }
  return mapPhases((phase) => (milliseconds.get(phase) ?? 0) / 1000);
}

/** A value for each phase, in their order. */
export function mapPhases<T>(toValue: (phase: Phase) => T): Record<Phase, T> {
  return {
    coding: toValue('coding'),
    draft: toValue('draft'),
    waiting_for_first_review: toValue('waiting_for_first_review'),
    in_review: toValue('in_review'),
    waiting_for_author: toValue('waiting_for_author'),
    approved: toValue('approved'),
    in_merge_queue: toValue('in_merge_queue'),
    waiting_for_deployment: toValue('waiting_for_deployment'),
  };
}

/** The phase that a life is in at `endAt`, and since when; `null` when it has ended. */
export function findPresentPhase(
  life: PullRequestHistory,
  context: LedgerContext,
): { readonly phase: Phase; readonly since: Instant } | null {
  if (context.deployedAt !== null || isClosed(life)) {
    return null;
  }
  const last = listTurns(life, context, findMilestones(life, context)).at(-1);
  return last === undefined ? null : { phase: last.phase, since: last.at };
}

function findMilestones(life: PullRequestHistory, { deployedAt, endAt }: LedgerContext): Milestones {
  const { openedAt, mergedAt } = life;
  const reviewEndAt = Math.max(openedAt, mergedAt ?? (isClosed(life) ? (life.closedAt ?? endAt) : endAt));
  return {
    beginAt: Math.min(openedAt, life.firstCommitAt ?? openedAt),
    openedAt,
    reviewEndAt,
    endAt: mergedAt === null ? reviewEndAt : Math.max(reviewEndAt, deployedAt ?? endAt),
  };
}

/** Ended without a merge, or with one that nobody can date. */
function isClosed({ state, mergedAt, closedAt }: PullRequestHistory): boolean {
  return mergedAt === null && (closedAt !== null || state !== 'OPEN');
}

/** Ascending; a phase lasts until the next turn. */
function listTurns(life: PullRequestHistory, { ignored }: LedgerContext, milestones: Milestones): Transition[] {
  const { beginAt, openedAt, reviewEndAt } = milestones;
  const coding: Transition[] = beginAt < openedAt ? [{ phase: 'coding', at: beginAt }] : [];
  const isOpen = life.mergedAt === null && !isClosed(life);
  const reviewed = listTransitions(life, ignored, { at: reviewEndAt, isOpen });
  const merged: Transition[] = life.mergedAt === null ? [] : [{ phase: 'waiting_for_deployment', at: reviewEndAt }];
  return [...coding, ...reviewed, ...merged];
}
