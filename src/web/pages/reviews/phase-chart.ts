import { phases, type Phase } from '../../../domain/reviews/phase';
import type { PhaseFigures, ReviewsReport } from '../../../reporting/answers/reviews';
import { buildBucketAxis, buildBucketTable } from '../../presentation/charts/bucket-axis';
import type { Bucket } from '../../presentation/charts/buckets';
import { roundForDrawing, buildBars } from '../../presentation/charts/chart-drawing';
import { buildChartView } from '../../presentation/charts/chart-view';
import { formatDurationCell } from '../../presentation/charts/duration-chart';
import { pickDurationScale, formatDuration } from '../../presentation/format/durations';
import { formatCount } from '../../presentation/format/numbers';
import { phaseGroups, phaseNames, type PhaseGroup } from '../../presentation/charts/phases';
import type { TableColumn } from '../../presentation/format/tables';
import type { ReviewContext } from './review-metric';

type Mean = PhaseFigures['mean'];

/** Where the time goes: the mean life of the merged pull requests, phase on phase. */
export function buildPhaseChart({ phases: figures, range }: ReviewsReport, context: ReviewContext) {
  const { series } = figures;
  const chart = { range, context, toHref: (bucket: Bucket) => context.toBucketHref('pullRequests', bucket) };
  const totals = series.map(({ mean }) => (mean === null ? null : computeSum(mean, phases)));
  const scale = pickDurationScale(totals);
  const toGroupBars = (group: PhaseGroup) => {
    const seconds = series.map(({ mean }) => (mean === null ? null : computeSum(mean, group.phases)));
    return buildBars({
      name: group.name,
      colour: group.colour,
      pattern: group.pattern,
      values: seconds.map((value) => roundForDrawing(value === null ? null : value / scale.seconds)),
      texts: seconds.map(formatDurationCell),
    });
  };
  return {
    key: 'phases',
    name: 'Where the time goes',
    chart: buildChartView({
      sentence: formatSentence(figures.mean),
      isDrawn: figures.mean !== null,
      drawing: {
        ...buildBucketAxis(series, chart),
        unit: scale.unit,
        isCount: false,
        isStacked: true,
        series: phaseGroups.map(toGroupBars),
      },
      table: buildBucketTable<(typeof series)[number]>(
        'Mean time in each phase,',
        [
          ...phases.map((phase): TableColumn<(typeof series)[number]> => [
            phaseNames[phase],
            ({ mean }) => formatDurationCell(mean?.[phase] ?? null),
          ]),
          ['Together', (_, index) => formatDurationCell(totals[index] ?? null)],
          ['Pull requests', ({ n }) => formatCount(n)],
        ],
        { ...chart, buckets: series },
      ),
    }),
  };
}

function computeSum(mean: Readonly<Record<Phase, number>>, of: readonly Phase[]): number {
  return of.reduce((sum, phase) => sum + mean[phase], 0);
}

function formatSentence(mean: Mean): string {
  if (mean === null) {
    return 'No pull request was merged in this range.';
  }
  const longest = phases.reduce((most, phase) => (mean[phase] > mean[most] ? phase : most));
  const all = formatDuration(computeSum(mean, phases));
  return `A merged pull request took ${all} on average from its first commit to its merge, or to its deployment where that is known; the longest part is “${phaseNames[longest]}” with ${formatDuration(mean[longest])}.`;
}
