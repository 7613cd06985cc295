import type { Instant } from '../instant';
import type { LifeAct, PullRequestLife } from './pull-request-life';

/** Why an act counts nowhere. `ignored`: done by a bot or by somebody left out. */
export const notCountedReasons = [
  'unknown_person',
  'ignored',
  'author',
  'deleted',
  'after_merge',
  'withdrawn',
] as const;
export type NotCounted = (typeof notCountedReasons)[number];

/** An act with what it counts as. */
export interface CountedAct {
  readonly act: LifeAct;
  readonly isReview: boolean;
  /** Also the author's own, and inline ones that are reviews at the same time. */
  readonly isComment: boolean;
  /** `null` for what counts, and for updates and withdrawals of people who count: these are never counted themselves. */
  readonly notCounted: NotCounted | null;
}

/** The moments at which each person took back approvals, and changes requests. */
type Withdrawals = ReadonlyMap<string, Instant>;

/**
 * Every act of a life, in the given order, with what it counts as (definitions, section 6): a review is an approval, a
 * changes request or an inline comment of somebody else than the author; a comment is anybody's. Neither counts after
 * the merge, or when it is withdrawn before the merge, deleted, or done by somebody ignored. Where Bitbucket does not
 * say who acted, nobody can say that it was not the author or a bot: such an act counts nowhere.
 * @param ignored Uuids, with braces, of bots and of people left out.
 */
export function tellCountedActs(life: PullRequestLife, ignored: ReadonlySet<string>): CountedAct[] {
  const withdrawals = findLastWithdrawals(life);
  return life.acts.map((act) => {
    const notCounted = findReason(act, { life, ignored, withdrawals });
    const isVerdict = act.kind === 'approval' || act.kind === 'changes_request';
    const isComment = act.kind === 'comment' && notCounted === null;
    const isReview = isComment ? act.isInline && act.actorUuid !== life.authorUuid : isVerdict && notCounted === null;
    return { act, isReview, isComment, notCounted };
  });
}

/** Whether the person of an act counts at all: known, and neither a bot nor left out. */
export function isByCountedPerson({ actorUuid }: LifeAct, ignored: ReadonlySet<string>): boolean {
  return actorUuid !== null && !ignored.has(actorUuid);
}

interface Circumstances {
  readonly life: PullRequestLife;
  readonly ignored: ReadonlySet<string>;
  readonly withdrawals: Withdrawals;
}

function findReason(act: LifeAct, { life, ignored, withdrawals }: Circumstances): NotCounted | null {
  if (act.kind === 'update') {
    return null;
  }
  const byWhom = findReasonOfPerson(act, life, ignored);
  if (byWhom !== null) {
    return byWhom;
  }
  if (act.isDeleted) {
    return 'deleted';
  }
  if (act.isGone) {
    return 'withdrawn';
  }
  if (life.mergedAt !== null && act.at > life.mergedAt) {
    return 'after_merge';
  }
  // One given again is later than the last withdrawal, and counts.
  return act.at <= (withdrawals.get(toVerdictKey(act)) ?? Number.NEGATIVE_INFINITY) ? 'withdrawn' : null;
}

function findReasonOfPerson(act: LifeAct, life: PullRequestLife, ignored: ReadonlySet<string>): NotCounted | null {
  if (act.actorUuid === null) {
    return 'unknown_person';
  }
  if (ignored.has(act.actorUuid)) {
    return 'ignored';
  }
  return act.kind !== 'comment' && act.actorUuid === life.authorUuid ? 'author' : null;
}

/** When each person last took back an approval, or a changes request, before or at the merge. */
function findLastWithdrawals({ acts, mergedAt }: PullRequestLife): Withdrawals {
  const last = new Map<string, Instant>();
  for (const act of acts) {
    const taken = takenBack[act.kind];
    if (taken !== undefined && act.at <= (mergedAt ?? Number.POSITIVE_INFINITY)) {
      const key = `${taken}:${act.actorUuid ?? ''}`;
      last.set(key, Math.max(act.at, last.get(key) ?? act.at));
    }
  }
  return last;
}

const takenBack: Readonly<Partial<Record<LifeAct['kind'], LifeAct['kind']>>> = {
  approval_withdrawn: 'approval',
  changes_request_withdrawn: 'changes_request',
};

function toVerdictKey({ kind, actorUuid }: LifeAct): string {
  return `${kind}:${actorUuid ?? ''}`;
}
