import type { TableView } from '../format/tables';
import type { ChartDrawing } from './chart-drawing';
import { buildLegend, type LegendEntry } from './legend';

/** A chart with all that stands around it: a sentence, signs, the same numbers as a table. */
export interface ChartView {
  /** What the chart shows, in one sentence. */
  readonly sentence: string;
  /** False: nothing to draw, the sentence says so. */
  readonly isDrawn: boolean;
  readonly drawing: ChartDrawing;
  readonly legend: readonly LegendEntry[];
  readonly table: TableView;
}

export function buildChartView(parts: Omit<ChartView, 'legend'>): ChartView {
  return { ...parts, legend: buildLegend(parts.drawing) };
}
