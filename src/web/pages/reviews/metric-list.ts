import type { ReviewMetricKey } from '../../../domain/reviews/review-metrics';
import type { ReviewsReport } from '../../../reporting/answers/reviews';
import type { ReviewNumbersReport } from '../../../reporting/reviews/compute-reviews';
import { formatCount } from '../../presentation/format/numbers';
import { buildSparkline } from '../../presentation/format/sparkline';
import { buildReviewChange } from './review-change';
import { buildReviewFormat } from './review-format';
import { reviewOrder, reviewWords } from './review-words';
import { words } from './words';

/** What the large chart shows: a metric, or the phases. */
export type ChartChoice = ReviewMetricKey | 'phases';

export const usualChoice: ChartChoice = 'time_to_merge';

/** As an address has it: "time-to-merge". */
export const toChoiceName = (choice: ChartChoice): string => choice.replaceAll('_', '-');
export const chartChoices: readonly ChartChoice[] = [...reviewOrder, 'phases'];

interface ListNeeds {
  readonly report: ReviewsReport;
  readonly before: ReviewNumbersReport | null;
  readonly chosen: ChartChoice;
  /** The page with another choice. */
  readonly toHref: (choice: ChartChoice) => string;
}

/** The ten metrics, one a row: median, change, trend and how many pull requests have it. */
export function buildMetricList({ report, before, chosen, toHref }: ListNeeds) {
  return {
    caption: words.metricsCaption,
    heads: words.heads,
    rows: reviewOrder.map((key) => {
      const format = buildReviewFormat(key, report);
      const { value, n, series } = report[key];
      return {
        key: toChoiceName(key),
        name: reviewWords[key].name,
        href: toHref(key),
        isChosen: key === chosen,
        value: format.short(value),
        change: buildReviewChange(key, { report, before }, format),
        trend: buildSparkline(thin(series.map((bucket) => bucket.value)), reviewWords[key].name),
        n: formatCount(n),
      };
    }),
    phases: { text: words.phases, href: toHref('phases'), isChosen: chosen === 'phases' },
  };
}

/** A line as wide as a word shows no more points than these. */
const mostPoints = 40;

/** Of more the mean of as many as stand at one place: the line is a shape, the numbers are in the table. */
function thin(values: readonly (number | null)[]): readonly (number | null)[] {
  const per = Math.ceil(values.length / mostPoints);
  return Array.from({ length: Math.ceil(values.length / per) || 0 }, (_, index) => {
    const known = values.slice(index * per, (index + 1) * per).filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}
