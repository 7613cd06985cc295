import { phases, type Phase } from '../../../domain/reviews/phase';
import type { PhaseFigures, ReviewsReport } from '../../../reporting/answers/reviews';
import { buildBucketAxis, type BucketColumn } from '../../presentation/charts/bucket-axis';
import type { Bucket } from '../../presentation/charts/buckets';
import { buildBars } from '../../presentation/charts/chart-drawing';
import { buildChartView } from '../../presentation/charts/chart-view';
import { formatInUnit, pickOneUnit, type OneUnit } from '../../presentation/format/one-unit';
import { phaseGroups, phaseNames, type PhaseGroup } from '../../presentation/charts/phases';
import type { ReviewContext } from './review-metric';
import { words } from './words';

type Mean = PhaseFigures['mean'];
type Column = BucketColumn<PhaseFigures & Bucket>;

/** Each phase in its order, what they are together, and of how many pull requests. */
const columns: readonly Column[] = [
  ...phases.map((phase): Column => [phaseNames[phase], 'summand', ({ mean }) => mean?.[phase] ?? null]),
  [words.together, 'seconds', ({ mean }) => computeTotal(mean)],
  [words.pullRequests, 'count', ({ n }) => n],
];

/** The average life of the merged pull requests over time, phase on phase: the last entry of the list. */
export function buildPhaseChart({ phases: figures, range, merged }: ReviewsReport, context: ReviewContext) {
  const { series } = figures;
  const toHref = (bucket: Bucket) => context.toBucketHref('pullRequests', bucket);
  const oneUnit = pickOneUnit(computeTotal(figures.mean));
  const toGroupBars = ({ name, colour, pattern, phases: own }: PhaseGroup) =>
    buildBars({ name, colour, pattern, columns: own.map((phase) => phases.indexOf(phase)), divisor: oneUnit.seconds });
  const drawing = {
    ...buildBucketAxis(series, columns, { caption: words.phasesCaption, range, context, toHref }),
    unit: '',
    suffix: oneUnit.word,
    isCount: false,
    isStacked: true,
    series: phaseGroups.map(toGroupBars),
  };
  const parts = { sentence: formatSentence(figures.mean, oneUnit), isDrawn: figures.mean !== null, drawing };
  return {
    key: 'chosen',
    name: words.phases,
    rows: { ...context.rows, text: words.mergedPullRequests(merged) },
    p95: null,
    chart: buildChartView(parts, context.tablesHref),
    explanation: [],
  };
}

function computeTotal(mean: Mean): number | null {
  return mean === null ? null : computeSum(mean, phases);
}

function computeSum(mean: Readonly<Record<Phase, number>>, of: readonly Phase[]): number {
  return of.reduce((sum, phase) => sum + mean[phase], 0);
}

function formatSentence(mean: Mean, oneUnit: OneUnit): string {
  if (mean === null) {
    return words.phasesNone;
  }
  const longest = phases.reduce((most, phase) => (mean[phase] > mean[most] ? phase : most));
  return words.phasesSentence({
    all: formatInUnit(computeSum(mean, phases), oneUnit),
    longest: phaseNames[longest].toLowerCase(),
    most: formatInUnit(mean[longest], oneUnit),
  });
}
