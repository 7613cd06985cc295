import { formatShare } from '../format/numbers';
import { formatInUnit } from '../format/one-unit';
import { formatUnit } from '../format/units';
import type { ChartColumn, ChartDrawing, ChartSeries } from './chart-drawing';
import { countChartRows, listChartRows } from './chart-rows';
import { readValue } from './chart-values';

/** The numbers of a chart as a table of words: each cell repeats the heading of its column, for narrow screens. */
export function buildChartTable({ rows, caption, columns }: Pick<ChartDrawing, 'rows' | 'caption' | 'columns'>) {
  const named = listChartRows(rows);
  return {
    caption,
    heads: [{ text: named.head, isNumeric: false }, ...columns.map(({ head }) => ({ text: head, isNumeric: true }))],
    rows: named.rows.map(({ name, href }, index) => ({
      name,
      href,
      cells: columns.map((column) => ({
        head: column.head,
        text: formatValue(column, readValue(column.values, index)),
      })),
    })),
  };
}

function formatValue({ unit, oneUnit }: Pick<ChartColumn, 'unit' | 'oneUnit'>, value: number | null): string {
  return oneUnit === undefined ? formatUnit[unit](value) : formatInUnit(value, oneUnit);
}

/** A chart as it is drawn: labels and ways on of its rows, and each series with its values and how one of them reads. */
export function buildDrawn(drawing: ChartDrawing) {
  const { rows } = listChartRows(drawing.rows);
  return {
    ...drawing,
    labels: rows.map(({ label }) => label),
    // A label of several lines.
    ticks: rows.map(({ label, remark }) => (remark === undefined ? label : [label, remark])),
    parts: rows.map(({ part = 1 }) => part),
    counts: countRow(drawing),
    hrefs: rows.map(({ href }) => href),
    series: drawing.series.map((series) => ({
      ...usual,
      shape: series.kind === 'line' ? 'circle' : 'none',
      ...series,
      values: computeValues(drawing, series),
      toText: (index: number) => formatPoint(drawing, series, index),
    })),
  };
}

const usual = { colour: 1, isDashed: false, pattern: 'plain', label: null } as const;

/** The numbers under the bars; empty: there are none. */
function countRow({ rows, columns, counted }: ChartDrawing): number[] {
  const values = counted === undefined ? undefined : columns[counted.column]?.values;
  return values === undefined
    ? []
    : Array.from({ length: countChartRows(rows) }, (_, index) => readValue(values, index) ?? 0);
}

/** What a series has in the unit of the axis; `null` is a gap. */
export function computeValues({ rows, columns }: ChartDrawing, series: ChartSeries): (number | null)[] {
  return Array.from({ length: countChartRows(rows) }, (_, index) => {
    const sum = addUp(pick(columns, series), index);
    return sum === null ? null : sum / (series.divisor ?? 1);
  });
}

function formatPoint({ columns }: ChartDrawing, series: ChartSeries, index: number): string {
  if (series.share !== undefined) {
    const [part, whole] = series.share.map((position) => addUp(columns.slice(position, position + 1), index));
    return formatShare(part ?? 0, whole ?? 0);
  }
  const drawn = pick(columns, series);
  return formatValue(drawn[0] ?? { unit: 'number' }, addUp(drawn, index));
}

function pick(columns: readonly ChartColumn[], series: ChartSeries): readonly ChartColumn[] {
  return series.columns.flatMap((position) => columns[position] ?? []);
}

function addUp(columns: readonly ChartColumn[], index: number): number | null {
  return columns.reduce<number | null>((sum, { values }) => {
    const value = readValue(values, index);
    return value === null ? sum : (sum ?? 0) + value;
  }, null);
}
