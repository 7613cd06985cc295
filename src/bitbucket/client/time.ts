import type { Instant } from '../../domain/instant';

const pattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,12}))?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * A time as Bitbucket writes it: without a fraction, or with five, six or nine digits, in `Z` or an offset; and, in
 * workspace memberships, three digits without a zone, which are UTC. Digits after the milliseconds are cut.
 * `null` when it is no such time, or names a day or an hour that does not exist.
 */
export function toInstant(text: string): Instant | null {
  const [, date, time, fraction = '', zone = 'Z'] = pattern.exec(text) ?? [];
  if (date === undefined || time === undefined) {
    return null;
  }
  const local = toUtc(`${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  const offset = toOffset(zone);
  return local === null || offset === null ? null : local - offset;
}

/** `Date.parse` takes the 30th of February for the 2nd of March; only what comes back the same has been a time. */
function toUtc(iso: string): Instant | null {
  const at = Date.parse(iso);
  return !Number.isNaN(at) && new Date(at).toISOString() === iso ? at : null;
}

/** Milliseconds east of UTC; `null` for more than a day. */
function toOffset(zone: string): number | null {
  if (zone === 'Z') {
    return 0;
  }
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 23 || minutes > 59) {
    return null;
  }
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
