import type { LinkView } from '../format/links';
import type { ChartContext } from '../charts/bucket-axis';
import type { Bucket } from '../charts/buckets';

/** The lists that hold the rows behind a metric. */
export type RowsName = 'deployments' | 'failedDeployments' | 'fixes' | 'incidents' | 'pullRequests';

/** What the words of every metric need beside its numbers. */
export interface MetricContext extends ChartContext {
  readonly rows: Readonly<Record<Exclude<RowsName, 'pullRequests'>, LinkView>>;
  /** The rows behind one bucket. */
  readonly toBucketHref: (rows: RowsName, bucket: Bucket) => string;
}
