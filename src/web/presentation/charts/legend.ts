import type { ChartDrawing, ChartSeries } from './chart-drawing';
import { chartWords } from './chart-words';

/** The signs of a chart, written by the server: nothing moves when the chart is drawn. One series needs none. */
export function buildLegend(drawing: ChartDrawing) {
  const entries = drawing.series.map(buildEntry);
  if (drawing.unfinished === null) {
    return entries.length > 1 ? entries : [];
  }
  const isBar = drawing.series[0]?.kind === 'bar';
  const sign = { hollowBar: isBar, hollowLine: !isBar };
  const name = chartWords.notOver(drawing.rows.kind === 'buckets' ? drawing.rows.range.interval : null);
  return entries.length > 0 ? [...entries, { name, sign, colour: 'series-1', pattern: null }] : [];
}

/** A name beside a sign: the colour is never the only difference. */
function buildEntry({ name, kind, shape, isDashed = false, ...look }: ChartSeries) {
  return {
    name,
    sign: {
      bar: kind === 'bar',
      line: kind === 'line',
      circle: kind === 'line' && shape === undefined,
      triangle: shape === 'triangle',
      isDashed,
    },
    ...buildLook(look),
  };
}

/** Class of a colour, and id of the pattern that fills a sign; `null`: the plain colour. */
export function buildLook({ colour = 1, pattern = 'plain' }: Pick<ChartSeries, 'colour' | 'pattern'>) {
  return { colour: `series-${colour}`, pattern: pattern === 'plain' ? null : pattern };
}
