import type { Instant } from '../../domain/instant';
import type { Connection } from '../../store/connections/connection';

/** When a token ends, in words. */
export interface Expiry {
  readonly endsAt: Instant;
  /** The announcement that is due: 30, 7 or 1 days before the end, 0 after it; `null`: not yet any. */
  readonly announced: 30 | 7 | 1 | 0 | null;
  readonly sentence: string;
  readonly wayOut: string;
}

const day = 86_400_000;

/** `null`: it never ends, or nobody said when. */
export function describeExpiry(
  connection: Pick<Connection, 'expiresAt'>,
  { now, slug }: { readonly now: Instant; readonly slug: string },
): Expiry | null {
  const { expiresAt: endsAt } = connection;
  if (endsAt === null) return null;
  const sentence = `The token ${now >= endsAt ? 'ended' : 'ends'} on ${formatDay(endsAt, now)}.`;
  return { endsAt, announced: findAnnouncement(endsAt - now), sentence, wayOut: `drumbeat rotate ${slug}` };
}

function findAnnouncement(left: number): Expiry['announced'] {
  if (left <= 0) return 0;
  return ([1, 7, 30] as const).find((days) => left <= days * day) ?? null;
}

const dayParts = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
const days = new Intl.DateTimeFormat('en-GB', dayParts);
const daysOfYears = new Intl.DateTimeFormat('en-GB', { ...dayParts, year: 'numeric' });
/** Farther away a day without its year could be taken for one of another year. */
const nearMs = 300 * day;
const moments = new Intl.DateTimeFormat('en-GB', {
  ...{ weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' },
  ...{ hourCycle: 'h23', timeZone: 'UTC' },
});

/** `12 March`, in UTC; with its year where that is not plain. */
export function formatDay(at: Instant, now: Instant): string {
  return (Math.abs(at - now) < nearMs ? days : daysOfYears).format(at);
}

/** `Tuesday 10 March at 10:02 UTC`: as the field's clocks are read. */
export function formatMoment(at: Instant): string {
  return `${moments.format(at).replace(',', '')} UTC`;
}

/** What is said where Bitbucket refuses a token that it took before. */
export function describeRevoked({ givenAt }: Pick<Connection, 'givenAt'>, now: Instant): string {
  const which = givenAt === null ? 'the token' : `the token of ${formatDay(givenAt, now)}`;
  return `Bitbucket no longer accepts ${which}. Nothing is lost; work waits.`;
}
