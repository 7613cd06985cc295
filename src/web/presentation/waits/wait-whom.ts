import type { OpenWait } from '../../../reporting/reviews/open-waits';
import { waitWords } from './wait-words';

/** Whom something waits for, as a table shows it. */
export interface WhomView {
  /** At most three, of two letters. */
  readonly initials: readonly string[];
  /** "Mira, Jon +2", or why nobody is named. */
  readonly text: string;
  /** All names, or the reason; `null`: `text` says it all. */
  readonly reason: string | null;
  readonly isNobody: boolean;
}

const mostNames = 2;
const mostInitials = 3;
/** A tooltip of a thousand names helps nobody. */
const mostInReason = 20;

export function buildWhom({ waitsFor, whom }: Pick<OpenWait, 'waitsFor' | 'whom'>): WhomView {
  const nobody = { initials: [], isNobody: true };
  const isReview = waitsFor === 'first_review' || waitsFor === 'review';
  if (whom === null) {
    const reason = isReview ? waitWords.reviewersNotKnown : waitWords.authorNotKnown;
    return { ...nobody, text: waitWords.notKnown, reason };
  }
  if (whom.length === 0) {
    return isReview
      ? { ...nobody, text: waitWords.nobodyYet, reason: waitWords.nobodyYetReason }
      : { ...nobody, text: waitWords.inQueue, reason: waitWords.inQueueReason };
  }
  const names = whom.map(({ displayName }) => toName(displayName));
  return {
    initials: names.slice(0, mostInitials).map(toInitials),
    text: shorten(names),
    reason: waitsFor === 'merge' ? waitWords.whoeverMayMerge : listAll(names),
    isNobody: false,
  };
}

/** "Review by Mira, Jon": what is awaited and of whom, in a sentence. */
export function formatAwaited({ waitsFor, whom }: Pick<OpenWait, 'waitsFor' | 'whom'>): string {
  const doing = waitWords.doing[waitsFor];
  if (whom === null || waitsFor === 'queue') return doing;
  const names = whom.length === 0 ? waitWords.askNobody : shorten(whom.map(({ displayName }) => toName(displayName)));
  return waitsFor === 'changes' ? waitWords.of(doing, names) : waitWords.by(doing, names);
}

function toName(displayName: string | null): string {
  return displayName ?? waitWords.withoutName;
}

function shorten(names: readonly string[]): string {
  const shown = waitWords.allNames(names.slice(0, mostNames));
  return names.length > mostNames ? `${shown} ${waitWords.andOthers(names.length - mostNames)}` : shown;
}

function listAll(names: readonly string[]): string | null {
  if (names.length <= mostNames) return null;
  const rest = names.length - mostInReason;
  const shown = waitWords.allNames(names.slice(0, mostInReason));
  return rest > 0 ? `${shown} ${waitWords.andOthers(rest)}` : shown;
}

/** "Ada Example" gives "AE", "Ben" "BE"; a name without letters a sign for one. */
export function toInitials(name: string): string {
  const words = name.split(/\s+/u).map((word) => [...word.matchAll(/[\p{L}\p{N}]\p{M}*/gu)].map(([sign]) => sign));
  const [first = [], ...others] = words.filter((word) => word.length > 0);
  const last = others.at(-1);
  const letters = last === undefined ? first.slice(0, 2) : [...first.slice(0, 1), ...last.slice(0, 1)];
  return letters.length === 0 ? '?' : letters.join('').toUpperCase();
}
