import { buildWhatChanged } from '../../../../test/support/pages/sample-what-changed';
import { buildPageContext, sampleSystem, usualState } from '../../../../test/support/pages/sample-overview';
import { buildMergedItem, buildReviewsReport, toMergedPoints } from '../../../../test/support/pages/sample-reviews';
import { reviewMetricKeys } from '../../../domain/reviews/review-metrics';
import type { Interval } from '../../../domain/calendar/bucket';
import type { ReviewsReport } from '../../../reporting/answers/reviews';
import { addDays } from '../../presentation/format/dates';
import { pageRenderer } from '../../presentation/frame/page-renderer';
import { createLinks } from '../../routing/paths';
import { chartChoices } from './metric-list';
import { noLimits } from './point-selection';
import { buildReviewsView, pickExplorerPage } from './reviews-view';

const links = createLinks('https://drumbeat.example', '1');

/** Every number of a bucket is another, so that nothing is folded. */
function buildReport(interval: Interval, buckets: number, days: number): ReviewsReport {
  const report = buildReviewsReport();
  const range = { ...report.range, from: '2025-11-19', to: addDays('2025-11-18', buckets * days), interval };
  const cut = Array.from({ length: buckets }, (_, index) => ({
    index,
    ...{ start: addDays(range.from, index * days), end: addDays(range.from, (index + 1) * days - 1) },
  }));
  const metrics = reviewMetricKeys.map((key) => {
    const figures = report[key];
    const toValue = (index: number, factor: number) => (figures.value ?? 0) * factor * (1 + ((index * 37) % 101) / 100);
    const series = cut.map(({ index, start, end }) => ({
      ...{ start, end, n: 5 + index, excluded: index % 3, value: toValue(index, 1), mean: toValue(index, 1.3) },
      ...{ p75: toValue(index, 2), p95: toValue(index, 4) },
    }));
    return [key, { ...figures, series }] as const;
  });
  const { mean } = report.phases;
  const phases = { ...report.phases, series: cut.map(({ start, end, index }) => ({ start, end, mean, n: index })) };
  return { ...report, ...Object.fromEntries(metrics), range, merged: 700, phases };
}

/** Letters of the page of a busy workspace: 700 merges, of which 500 are drawn, in 60 repositories. */
async function weigh(report: ReviewsReport, choice: (typeof chartChoices)[number]): Promise<number> {
  const items = Array.from({ length: 700 }, (_, index) =>
    buildMergedItem(index + 1, {
      time_to_merge: 60 + ((index * 7_919) % 1_000_000),
      title: 'A title of a change '.repeat(4),
    }),
  );
  const points = toMergedPoints(items);
  const explorer = { axis: 'lines', order: null, page: 1, limits: noLimits };
  const { interval } = report.range;
  const context = buildPageContext();
  const filter = { ...context.filter, ...report.range };
  const view = buildReviewsView(
    {
      change: buildWhatChanged({ of: 'merged' }),
      pageContext: buildPageContext({
        place: { name: 'reviews', path: '/pages/reviews', own: { repository: null } },
        page: { ...context.page, filter },
        filter: { ...filter, interval },
      }),
      ...{ report, before: report, points, chosen: null, state: usualState, undated: [], explorer },
      systems: {
        count: 60,
        rows: Array.from({ length: 25 }, () => ({ system: sampleSystem, report, before: report })),
      },
      rows: pickExplorerPage(points, explorer).flatMap(({ id }) => items[id - 1] ?? []),
      chart: { choice, hasP95: true },
    },
    links,
  );
  return (await pageRenderer.renderFragment('reviews', view)).length;
}

describe('Changes & reviews weighs', () => {
  it.each(chartChoices)('at most 150 KB by week over 90 days, whichever chart is chosen: %s', async (choice) => {
    expect(await weigh(buildReport('week', 13, 7), choice)).toBeLessThan(150 * 1024);
  });

  it.each(chartChoices)('at most 250 KB by day over a year, whichever chart is chosen: %s', async (choice) => {
    expect(await weigh(buildReport('day', 365, 1), choice)).toBeLessThan(250 * 1024);
  });
});
