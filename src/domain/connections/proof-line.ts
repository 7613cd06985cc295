import type { Instant } from '../instant';

/** An install that waits to be proved, as far as its place in the line goes. Anybody can send one. */
export interface WaitingInstall {
  readonly id: string;
  /** Who sent it, as far as that can be told. */
  readonly origin: string;
  readonly clientKey: string;
  /** That it names. */
  readonly workspace: string;
  readonly receivedAt: Instant;
  /** How often it was tried. */
  readonly attempts: number;
  readonly nextTryAt: Instant;
}

const second = 1000;
/** How long an install may stay unproven. */
export const provingTimeMs = 15 * 60 * second;
/** Between one try and the next, whosever they are. */
export const turnMs = second;
/** After the first try, after the second, and so on; after the last there is none any more. */
const pausesMs = [2, 8, 35, 105, 270, 420].map((seconds) => seconds * second);
const longestPauseMs = Math.max(...pausesMs);
const mostWaiting = 200;

/** Of one that is tried now; after its last try its end. */
export function toNextTry({ attempts, receivedAt }: WaitingInstall, now: Instant): Instant {
  const pause = pausesMs[attempts];
  return pause === undefined ? receivedAt + provingTimeMs : now + pause;
}

export function hasEnded({ receivedAt }: Pick<WaitingInstall, 'receivedAt'>, now: Instant): boolean {
  return now >= receivedAt + provingTimeMs;
}

/** Whom a line is too long for: those who would be tried last. */
export function findSurplus(waiting: readonly WaitingInstall[]): readonly WaitingInstall[] {
  return waiting.length <= mostWaiting ? [] : orderLine(waiting).slice(mostWaiting);
}

/** Who is tried now, or when somebody is due; `null`: nobody waits. */
export function findNext(
  waiting: readonly WaitingInstall[],
  now: Instant,
): { readonly install: WaitingInstall } | { readonly dueAt: Instant } | null {
  if (waiting.length === 0) return null;
  const [install] = orderLine(waiting.filter(({ nextTryAt }) => isDue(nextTryAt, { now, within: longestPauseMs })));
  return install === undefined ? { dueAt: Math.min(...waiting.map(({ nextTryAt }) => nextTryAt)) } : { install };
}

/** What lies further ahead than it was ever put was put there by a clock that has been set back since. */
export function isDue(at: Instant, { now, within }: { readonly now: Instant; readonly within: number }): boolean {
  return at <= now || at > now + within;
}

/**
 * Foremost first. Nobody can tell a forged install from a genuine one before Bitbucket is asked, but whoever forges
 * thousands has something in common with himself: whence they come, which clientKey or which workspace they name. So the
 * smaller the crowd that an install belongs to the sooner it is tried, those of a crowd of one before all of a thousand;
 * of the same crowd first what was not tried yet, and of that the latest.
 */
export function orderLine(waiting: readonly WaitingInstall[]): readonly WaitingInstall[] {
  const crowds = (['origin', 'clientKey', 'workspace'] as const).map((trait) => ({
    trait,
    counts: countBy(waiting, trait),
  }));
  const weigh = (install: WaitingInstall): number =>
    crowds.reduce((sum, { trait, counts }) => sum + (counts.get(install[trait]) ?? 0), 0) * (install.attempts + 1);
  return waiting
    .map((install) => ({ install, weight: weigh(install) }))
    .toSorted((one, other) => one.weight - other.weight || other.install.receivedAt - one.install.receivedAt)
    .map(({ install }) => install);
}

function countBy(
  waiting: readonly WaitingInstall[],
  trait: 'origin' | 'clientKey' | 'workspace',
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const install of waiting) counts.set(install[trait], (counts.get(install[trait]) ?? 0) + 1);
  return counts;
}
