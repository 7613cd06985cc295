import { phases, type Phase } from '../../../domain/reviews/phase';
import type { PhaseFigures, ReviewsReport } from '../../../reporting/answers/reviews';
import { toBucketAxis } from '../../presentation/charts/bucket-axis';
import { toBucketName, toEach } from '../../presentation/charts/buckets';
import { roundForDrawing, toBars } from '../../presentation/charts/chart-drawing';
import { toChartView, type ChartView } from '../../presentation/charts/chart-view';
import { toDurationCell } from '../../presentation/charts/duration-chart';
import type { Bucket } from '../../presentation/charts/accelerate-report';
import { pickDurationScale, toDuration } from '../../presentation/format/durations';
import { toCount } from '../../presentation/format/numbers';
import { phaseGroups, phaseNames, type PhaseGroup } from '../../presentation/charts/phases';
import { toTable } from '../../presentation/format/tables';
import type { ReviewContext } from './review-metric';

export interface PhaseChartView {
  readonly key: string;
  readonly name: string;
  readonly chart: ChartView;
}

type Mean = PhaseFigures['mean'];

/** Where the time goes: the mean life of the merged pull requests, phase on phase. */
export function toPhaseChart({ phases: figures, range }: ReviewsReport, context: ReviewContext): PhaseChartView {
  const { series } = figures;
  const toHref = (bucket: Bucket) => context.toBucketHref('pullRequests', bucket);
  const totals = series.map(({ mean }) => (mean === null ? null : toSum(mean, phases)));
  const scale = pickDurationScale(totals);
  const toGroupBars = (group: PhaseGroup) => {
    const seconds = series.map(({ mean }) => (mean === null ? null : toSum(mean, group.phases)));
    return toBars({
      name: group.name,
      colour: group.colour,
      pattern: group.pattern,
      values: seconds.map((value) => roundForDrawing(value === null ? null : value / scale.seconds)),
      texts: seconds.map(toDurationCell),
    });
  };
  return {
    key: 'phases',
    name: 'Where the time goes',
    chart: toChartView({
      sentence: toSentence(figures.mean),
      isDrawn: figures.mean !== null,
      drawing: {
        ...toBucketAxis(series, { range, context, toHref }),
        unit: scale.unit,
        isCount: false,
        isStacked: true,
        series: phaseGroups.map(toGroupBars),
      },
      table: toTable(
        `Mean time in each phase, ${toEach(range.interval)}`,
        ['Period', ...phases.map((phase) => phaseNames[phase]), 'Together', 'Pull requests'],
        series.map((bucket, index) => ({
          href: toHref(bucket),
          cells: [
            toBucketName(bucket, { range }, context.today),
            ...phases.map((phase) => toDurationCell(bucket.mean?.[phase] ?? null)),
            toDurationCell(totals[index] ?? null),
            toCount(bucket.n),
          ],
        })),
      ),
    }),
  };
}

function toSum(mean: Readonly<Record<Phase, number>>, of: readonly Phase[]): number {
  return of.reduce((sum, phase) => sum + mean[phase], 0);
}

function toSentence(mean: Mean): string {
  if (mean === null) {
    return 'No pull request was merged in this range.';
  }
  const longest = phases.reduce((most, phase) => (mean[phase] > mean[most] ? phase : most));
  const all = toDuration(toSum(mean, phases));
  return `A merged pull request took ${all} on average from its first commit to its merge, or to its deployment where that is known; the longest part is “${phaseNames[longest]}” with ${toDuration(mean[longest])}.`;
}
