import type { ChartDrawing } from './chart-drawing';
import { formatCount } from '../format/numbers';
import { countChartRows } from './chart-rows';
import { buildChartTable } from './chart-table';
import { chartWords } from './chart-words';
import { buildLegend } from './legend';

interface ChartParts {
  /** What the chart shows, in one sentence. */
  readonly sentence: string;
  /** False: nothing to draw, the sentence says so. */
  readonly isDrawn: boolean;
  readonly drawing: ChartDrawing;
}

/** Longer tables stand in a page only where they are asked for: a year of days would make it ten times as heavy. */
const mostRows = 60;
/** On paper, where a page has one sheet. */
const mostPrinted = 14;

/**
 * A chart with all that stands around it: a sentence, signs, the same numbers as a table. With scripts the table is
 * made from the drawing when it is opened; the one here is for a browser without.
 * @param tablesHref the page with its tables whatever their length; `null`: this is that page
 */
export function buildChartView(parts: ChartParts, tablesHref: string | null) {
  const rows = countChartRows(parts.drawing.rows);
  const isInPage = rows <= mostRows || tablesHref === null;
  return {
    ...parts,
    isLong: rows > mostPrinted,
    legend: buildLegend(parts.drawing),
    showTable: chartWords.showTable,
    table: isInPage ? buildChartTable(parts.drawing) : null,
    tables: isInPage ? null : { href: tablesHref, text: chartWords.longTable(`${formatCount(rows)} rows`) },
  };
}
