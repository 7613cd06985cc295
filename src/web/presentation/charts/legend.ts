import type { ChartDrawing, ChartSeries } from './chart-drawing';

/** A name beside a sign: the colour is never the only difference. */
export interface LegendEntry {
  readonly name: string;
  readonly sign: Readonly<Record<LegendSign, boolean>>;
  /** Class of the colour. */
  readonly colour: string;
  /** Id of the pattern that fills the sign; `null`: the plain colour. */
  readonly pattern: string | null;
}

type LegendSign = 'bar' | 'line' | 'band' | 'triangle' | 'circle' | 'isDashed' | 'hollowBar' | 'hollowLine';

const noSign: LegendEntry['sign'] = {
  bar: false,
  line: false,
  band: false,
  triangle: false,
  circle: false,
  isDashed: false,
  hollowBar: false,
  hollowLine: false,
};

/** The signs of a chart, written by the server: nothing moves when the chart is drawn. One series needs none. */
export function buildLegend(drawing: ChartDrawing): LegendEntry[] {
  const entries = drawing.series.map(buildEntry);
  if (drawing.unfinished !== null) {
    const isBar = drawing.series[0]?.kind === 'bar';
    const sign = { ...noSign, hollowBar: isBar, hollowLine: !isBar };
    entries.push({ name: 'Not finished', sign, colour: 'series-1', pattern: null });
  }
  return entries.length > 1 ? entries : [];
}

function buildEntry(series: ChartSeries): LegendEntry {
  const isLine = series.kind === 'line' && !series.isBandEdge;
  return {
    name: series.name,
    sign: {
      ...noSign,
      bar: series.kind === 'bar',
      line: isLine,
      band: series.isBandEdge,
      circle: series.shape === 'circle',
      triangle: series.shape === 'triangle',
      isDashed: series.isDashed,
    },
    colour: `series-${series.colour}`,
    pattern: series.pattern === 'plain' ? null : series.pattern,
  };
}
