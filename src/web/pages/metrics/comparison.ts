import { daysBetween, toDate } from '../words/dates';
import { toCounted } from '../words/numbers';

export interface ComparisonView {
  /** `↑`, `↓`, `→`, or `null` when there is nothing to compare with. */
  readonly arrow: string | null;
  /** "3 h shorter than in the 90 days before (1 d 5 h)", or why there is no comparison. */
  readonly text: string;
  /** In words as well as colour. */
  readonly judgement: 'better' | 'worse' | null;
}

/** The part of a report that a comparison needs. */
export interface ComparedReport {
  readonly range: { readonly from: string; readonly to: string };
  readonly completeness: { readonly imported_since: string | null };
}

export interface ComparedFigure {
  readonly now: number | null;
  readonly before: number | null;
  /** `neither`: a size is neither good nor bad. */
  readonly betterWhen: 'higher' | 'lower' | 'neither';
  /** The value before, for a person; two values that read the same did not change. */
  readonly describe: (value: number) => string;
  /** "18 % more often", "3 h shorter": how far `now` is from `before`. */
  readonly describeChange: (now: number, before: number) => string;
}

/** How a figure moved against the period before it, of the same length; says why where nobody can know. */
export function toComparison(
  report: ComparedReport,
  before: ComparedReport | null,
  figure: ComparedFigure,
): ComparisonView {
  const period = `the ${toCounted(daysBetween(report.range.from, report.range.to) + 1, 'day')} before`;
  const missing = findMissing(before, figure, period);
  if (missing !== null || figure.now === null || figure.before === null) {
    return { arrow: null, judgement: null, text: missing ?? '' };
  }
  if (figure.describe(figure.now) === figure.describe(figure.before)) {
    return { arrow: '→', judgement: null, text: `the same as in ${period}` };
  }
  const isHigher = figure.now > figure.before;
  return {
    arrow: isHigher ? '↑' : '↓',
    judgement: toJudgement(isHigher, figure.betterWhen),
    text: `${figure.describeChange(figure.now, figure.before)} than in ${period} (${figure.describe(figure.before)})`,
  };
}

function toJudgement(isHigher: boolean, betterWhen: ComparedFigure['betterWhen']): ComparisonView['judgement'] {
  if (betterWhen === 'neither') {
    return null;
  }
  return isHigher === (betterWhen === 'higher') ? 'better' : 'worse';
}

function findMissing(before: ComparedReport | null, figure: ComparedFigure, period: string): string | null {
  if (before === null || before.completeness.imported_since === null) {
    return 'no period before to compare with';
  }
  if (before.completeness.imported_since > before.range.from) {
    return `no comparison: the history begins on ${toDate(before.completeness.imported_since)}`;
  }
  if (figure.before === null) {
    return `nothing in ${period} to compare with`;
  }
  return figure.now === null ? '' : null;
}
