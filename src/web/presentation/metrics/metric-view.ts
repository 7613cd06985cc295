import type { LinkView } from '../format/links';
import type { ChartContext } from '../charts/bucket-axis';
import type { buildChartView } from '../charts/chart-view';
import type { Bucket } from '../charts/buckets';
import type { ComparisonView } from './comparison';
import type { LevelView } from '../format/levels';

/** One metric as every page shows it: the same words in a tile, a chart, a table and a panel. */
export interface MetricView {
  /** Used in ids: `lead-time-for-changes`. */
  readonly key: string;
  readonly name: string;
  readonly value: string;
  /** After the value: "per day"; `null` where the value says it all. */
  readonly unit: string | null;
  /** Why the value is `—`; `null` where it is known. */
  readonly reason: string | null;
  readonly level: LevelView | null;
  /** "108 deployments in 90 days". */
  readonly sample: string;
  readonly comparison: ComparisonView;
  /** How it is computed, what is left out and how much. */
  readonly explanation: readonly string[];
  readonly rows: LinkView;
  readonly chart: ReturnType<typeof buildChartView>;
}

/** The lists that hold the rows behind a metric. */
export type RowsName = 'deployments' | 'failedDeployments' | 'fixes' | 'incidents' | 'pullRequests';

/** What the words of every metric need beside its numbers. */
export interface MetricContext extends ChartContext {
  readonly rows: Readonly<Record<Exclude<RowsName, 'pullRequests'>, LinkView>>;
  /** The rows behind one bucket. */
  readonly toBucketHref: (rows: RowsName, bucket: Bucket) => string;
}
