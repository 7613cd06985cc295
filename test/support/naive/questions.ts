import fc from 'fast-check';
import type { NaiveQuestion } from './facts';

const zones = ['UTC', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Asia/Beirut'];
const day = 86_400_000;

export interface ToAsk {
  /** A date (`YYYY-MM-DD`), and how many days after it a range begins at the least and the most. */
  readonly after: string;
  readonly first: { readonly min: number; readonly max: number };
  readonly mostDays: number;
  /** Uuids. */
  readonly systems: readonly string[];
  /** Slugs. */
  readonly teams: readonly string[];
}

/** Questions of all kinds about some days: any range, zone, interval, filter and table of levels. */
export function drawQuestions({
  after,
  first,
  mostDays,
  systems,
  teams,
}: ToAsk): fc.Arbitrary<Required<NaiveQuestion>> {
  const toDate = (days: number) => new Date(Date.parse(`${after}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
  return fc
    .record({
      first: fc.integer(first),
      days: fc.integer({ min: 1, max: mostDays }),
      zone: fc.constantFrom(...zones),
      interval: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
      systems: fc.option(fc.subarray([...systems]), { freq: 2 }),
      teams: fc.subarray([...teams]),
      table: fc.constantFrom('dora-2021' as const, 'dora-2024' as const),
    })
    .map(({ first: begin, days, ...rest }) => ({ ...rest, from: toDate(begin), to: toDate(begin + days - 1) }));
}
