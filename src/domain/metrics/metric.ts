import type { DateRange } from '../calendar/date-range';
import type { LevelTable } from '../settings/workspace-settings';
import type { Evidence } from './enough-to-tell';
import type { PerformanceLevel } from './levels';
import type { DeliveryTally } from './tally';

/** What a member of a metric measures. Durations and shares (from 0 to 1) of nothing are unknown, `null`. */
export type Unit = 'seconds' | 'share' | 'per day' | 'count';

/** The members of a metric's answers with their units; `value` is the metric itself. */
export type Members = Readonly<Record<string, Unit>> & { readonly value: Unit };

export type Figures<M> = { readonly [Name in keyof M]: M[Name] extends 'seconds' | 'share' ? number | null : number };

/** What a level may depend on beside the figures. */
export interface LevelQuestion {
  readonly table: LevelTable;
  readonly range: DateRange;
  /** Of the range. */
  readonly tally: DeliveryTally;
}

/** One Accelerate metric: everything that answers, pages and documents say of it is made from this and its words. */
export interface DeliveryMetric<M extends Members = Members> {
  readonly members: M;
  /** What decides whether there is enough to tell. */
  readonly evidence: Evidence;
  readonly betterWhen: 'higher' | 'lower';
  /** The member that counts what `value` is made of: the values of a median, the part of a share. */
  readonly counted: keyof M & string;
  /** The names of members in a row a repository, in their order. */
  readonly columnNames: readonly (readonly [member: keyof M & string, name: string])[];
  /** @param over what was counted: a range or a bucket */
  compute(tally: DeliveryTally, over: { readonly days: number }): Figures<M>;
  /** `null`: no value, or too few to tell. A metric without it has no levels. */
  findLevel?(figures: Figures<M>, question: LevelQuestion): PerformanceLevel | null;
}
