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
  const sentence =
    now >= endsAt ? `The token ended on ${formatDay(endsAt)}.` : `The token ends on ${formatDay(endsAt)}.`;
  return { endsAt, announced: findAnnouncement(endsAt - now), sentence, wayOut: `drumbeat rotate ${slug}` };
}

function findAnnouncement(left: number): Expiry['announced'] {
  if (left <= 0) return 0;
  return ([1, 7, 30] as const).find((days) => left <= days * day) ?? null;
}

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const moments = new Intl.DateTimeFormat('en-GB', {
  ...{ weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' },
  ...{ hourCycle: 'h23', timeZone: 'UTC' },
});

/** `12 March 2026`, in UTC. */
export function formatDay(at: Instant): string {
  return days.format(at);
}

/** `Tuesday 10 March at 10:02 UTC`: as the field's clocks are read. */
export function formatMoment(at: Instant): string {
  return `${moments.format(at).replace(',', '')} UTC`;
}

/** What is said where Bitbucket refuses a token that it took before. */
export function describeRevoked({ givenAt }: Pick<Connection, 'givenAt'>): string {
  const which = givenAt === null ? 'the token' : `the token of ${formatDay(givenAt)}`;
  return `Bitbucket no longer accepts ${which}. Nothing is lost; work waits.`;
}
