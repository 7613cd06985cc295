import { compareMedians, type MedianFigure, type Movement } from '../../../domain/metrics/movement';
import { formatComparedPeriod } from '../filter/filter-words';
import { formatDate } from '../format/dates';
import { formatDuration } from '../format/durations';

export interface ComparisonView {
  /** `↑`, `↓`, `→`, or `null` when there is nothing to compare with. */
  readonly arrow: string | null;
  /**
   * "3 h shorter than in the 90 days before (1 d 5 h)", "no change: 1 d 5 h in the 90 days before", the same with "too
   * few to tell", or why there is no comparison.
   */
  readonly text: string;
  /** In words as well as colour. */
  readonly judgement: 'better' | 'worse' | null;
}

/** The part of a report that a comparison needs. */
interface ComparedReport {
  readonly range: { readonly from: string; readonly to: string };
  readonly completeness: { readonly imported_since: string | null };
}

export interface ComparedFigure<Figure> {
  /** `null`: unknown. */
  readonly now: Figure | null;
  readonly before: Figure | null;
  /** Whether enough is known to tell, and whether it moved. */
  readonly compare: (now: Figure, before: Figure) => Movement;
  /** `neither`: a size is neither good nor bad. */
  readonly betterWhen: 'higher' | 'lower' | 'neither';
  /** The value before, for a person. */
  readonly describe: (figure: Figure) => string;
  /** "18 % more often", "3 h shorter": how far `now` is from `before`. */
  readonly describeChange: (now: Figure, before: Figure) => string;
}

/** How a figure moved against the period that it is compared with; says why where nobody can know. */
export function buildComparison<Figure>(
  report: ComparedReport,
  before: ComparedReport | null,
  figure: ComparedFigure<Figure>,
): ComparisonView {
  const period = before === null ? '' : formatComparedPeriod(before.range, report.range);
  const missing = findMissing(before, figure, period);
  if (missing !== null || figure.now === null || figure.before === null) {
    return { arrow: null, judgement: null, text: missing ?? '' };
  }
  return buildMoved(figure, [figure.now, figure.before], period);
}

function buildMoved<Figure>(
  figure: ComparedFigure<Figure>,
  [now, before]: readonly [Figure, Figure],
  period: string,
): ComparisonView {
  const movement = figure.compare(now, before);
  const then = figure.describe(before);
  if (movement === 'no change' || movement === 'too few to tell') {
    const arrow = movement === 'no change' ? '→' : null;
    return { arrow, judgement: null, text: `${movement}: ${then} in ${period}` };
  }
  return {
    arrow: movement === 'higher' ? '↑' : '↓',
    judgement: buildJudgement(movement, figure.betterWhen),
    text: `${figure.describeChange(now, before)} than in ${period} (${then})`,
  };
}

function buildJudgement(
  movement: 'higher' | 'lower',
  betterWhen: ComparedFigure<unknown>['betterWhen'],
): ComparisonView['judgement'] {
  if (betterWhen === 'neither') {
    return null;
  }
  return movement === betterWhen ? 'better' : 'worse';
}

/** Why there is nothing to compare with; `''`: the figure is unknown itself, `null`: there is something. */
export function findMissing(
  before: ComparedReport | null,
  figure: Pick<ComparedFigure<unknown>, 'now' | 'before'>,
  period: string,
): string | null {
  if (before === null || before.completeness.imported_since === null) {
    return 'no period before to compare with';
  }
  if (before.completeness.imported_since > before.range.from) {
    return `no comparison: the history begins on ${formatDate(before.completeness.imported_since)}`;
  }
  if (figure.before === null) {
    return `nothing in ${period} to compare with`;
  }
  return figure.now === null ? '' : null;
}

/** A median and its number of values as a figure to compare; `null` without any. */
export function buildMedianFigure(
  figures: { readonly value: number | null; readonly n: number } | undefined,
): MedianFigure | null {
  return figures === undefined || figures.value === null ? null : { value: figures.value, n: figures.n };
}

/** How medians of durations are compared, and in which words: less time is better. */
export const durationComparison: Omit<ComparedFigure<MedianFigure>, 'now' | 'before'> = {
  compare: compareMedians,
  betterWhen: 'lower',
  describe: ({ value }) => formatDuration(value),
  describeChange: (now, before) =>
    `${formatDuration(Math.abs(now.value - before.value))} ${now.value > before.value ? 'longer' : 'shorter'}`,
};
