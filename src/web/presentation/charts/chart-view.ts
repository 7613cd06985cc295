import type { buildTable } from '../format/tables';
import type { ChartDrawing } from './chart-drawing';
import { buildLegend } from './legend';

interface ChartParts {
  /** What the chart shows, in one sentence. */
  readonly sentence: string;
  /** False: nothing to draw, the sentence says so. */
  readonly isDrawn: boolean;
  readonly drawing: ChartDrawing;
  readonly table: ReturnType<typeof buildTable>;
}

/** A chart with all that stands around it: a sentence, signs, the same numbers as a table. */
export function buildChartView(parts: ChartParts) {
  return { ...parts, legend: buildLegend(parts.drawing) };
}
