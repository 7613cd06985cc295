import type { LinkView } from '../words/links';
import type { TableView } from '../words/tables';
import type { ChartDrawing } from '../charts/chart-drawing';
import type { ComparisonView } from './comparison';
import type { LevelView } from '../words/levels';

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
  readonly chart: ChartView;
}

export interface ChartView {
  /** What the chart shows, in one sentence. */
  readonly sentence: string;
  /** False: nothing to draw, the sentence says so. */
  readonly isDrawn: boolean;
  readonly drawing: ChartDrawing;
  readonly table: TableView;
}

/** What the words of every metric need beside its numbers. */
export interface MetricContext {
  /** The present local date of the workspace: its bucket is not finished. */
  readonly today: string;
  readonly rows: { readonly deployments: LinkView; readonly incidents: LinkView };
}
