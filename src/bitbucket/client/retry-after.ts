import type { Instant } from '../../domain/instant';

const minute = 60_000;
const longestGuess = 60 * minute;
/** A slip in the header must not silence a workspace for ever. */
const longestPromise = 24 * 60 * minute;

/**
 * When to ask again after a 429. Bitbucket does not promise `Retry-After` (seconds or a date); without it the pause
 * is a minute, doubled with each 429 in a row up to an hour, and lengthened by up to a fifth so that workspaces do
 * not all come back at once.
 */
export function toRetryAt(
  header: string | null,
  { now, inRow, random }: { now: Instant; inRow: number; random: () => number },
): Instant {
  const promised = header === null ? null : toPromise(header.trim(), now);
  if (promised !== null) {
    return Math.min(Math.max(promised, now + 1000), now + longestPromise);
  }
  const pause = Math.min(minute * 2 ** Math.min(inRow, 10), longestGuess);
  return now + Math.round(pause * (1 + random() / 5));
}

function toPromise(header: string, now: Instant): Instant | null {
  if (/^\d{1,9}(\.\d+)?$/.test(header)) {
    return now + Math.ceil(Number(header) * 1000);
  }
  const date = /^[A-Za-z]{3,9},/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? null : date;
}
