import { phases, type Phase } from '../../../domain/reviews/phase';
import type { PhaseFigures, ReviewsReport } from '../../../reporting/answers/reviews';
import { buildBucketAxis, type BucketColumn } from '../../presentation/charts/bucket-axis';
import type { Bucket } from '../../presentation/charts/buckets';
import { buildBars } from '../../presentation/charts/chart-drawing';
import { buildChartView } from '../../presentation/charts/chart-view';
import { pickDurationScale, formatDuration } from '../../presentation/format/durations';
import { phaseGroups, phaseNames, type PhaseGroup } from '../../presentation/charts/phases';
import type { ReviewContext } from './review-metric';

type Mean = PhaseFigures['mean'];
type Column = BucketColumn<PhaseFigures & Bucket>;

/** Each phase in its order, what they are together, and of how many pull requests. */
const columns: readonly Column[] = [
  ...phases.map((phase): Column => [phaseNames[phase], 'summand', ({ mean }) => mean?.[phase] ?? null]),
  ['Together', 'seconds', ({ mean }) => computeTotal(mean)],
  ['Pull requests', 'count', ({ n }) => n],
];

/** Where the time goes: the mean life of the merged pull requests, phase on phase. */
export function buildPhaseChart({ phases: figures, range }: ReviewsReport, context: ReviewContext) {
  const { series } = figures;
  const toHref = (bucket: Bucket) => context.toBucketHref('pullRequests', bucket);
  const scale = pickDurationScale(series.map(({ mean }) => computeTotal(mean)));
  const toGroupBars = ({ name, colour, pattern, phases: own }: PhaseGroup) =>
    buildBars({ name, colour, pattern, columns: own.map((phase) => phases.indexOf(phase)), divisor: scale.seconds });
  const drawing = {
    ...buildBucketAxis(series, columns, { caption: 'Mean time in each phase,', range, context, toHref }),
    unit: scale.unit,
    isCount: false,
    isStacked: true,
    series: phaseGroups.map(toGroupBars),
  };
  const parts = { sentence: formatSentence(figures.mean), isDrawn: figures.mean !== null, drawing };
  return { key: 'phases', name: 'Where the time goes', chart: buildChartView(parts, context.tablesHref) };
}

function computeTotal(mean: Mean): number | null {
  return mean === null ? null : computeSum(mean, phases);
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
