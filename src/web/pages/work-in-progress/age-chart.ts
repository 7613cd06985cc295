import { workInProgressPhases, type WorkInProgressPhase } from '../../../domain/reviews/work-in-progress-phase';
import type { WorkInProgressReport } from '../../../reporting/answers/pull-requests';
import {
  buildBars,
  type ChartColumn,
  type ChartDrawing,
  type Pattern,
  type SeriesColour,
} from '../../presentation/charts/chart-drawing';
import { packValues } from '../../presentation/charts/chart-values';
import { buildChartView } from '../../presentation/charts/chart-view';
import { formatDuration } from '../../presentation/format/durations';
import { formatCount, formatCounted } from '../../presentation/format/numbers';

type Ages = WorkInProgressReport['ages'];

const looks: Readonly<Record<WorkInProgressPhase, { name: string; colour: SeriesColour; pattern: Pattern }>> = {
  open: { name: 'Open, without a review', colour: 1, pattern: 'plain' },
  reviewed: { name: 'Reviewed', colour: 2, pattern: 'stripes' },
  approved: { name: 'Approved', colour: 3, pattern: 'dots' },
};

/** How old open work is, each age divided by phase. `toHref`: the rows of the age at that position. */
export function buildAgeChart({ ages }: Pick<WorkInProgressReport, 'ages'>, toHref: (index: number) => string) {
  const names = ages.map((_, index) => formatAgeName(ages, index));
  const all = ages.reduce((sum, age) => sum + computeAll(age), 0);
  const drawing: ChartDrawing = {
    ...{ kind: 'buckets', unit: 'pull requests', isCount: true, unfinished: null, isStacked: true, notes: [] },
    rows: {
      ...{ kind: 'named', head: 'Age' },
      rows: names.map((name, index) => ({ name, label: name, href: toHref(index) })),
    },
    caption: 'Open pull requests by age',
    columns: [
      ...workInProgressPhases.map((phase) => buildColumn(looks[phase].name, ages, (age) => age[phase])),
      buildColumn('Together', ages, computeAll),
    ],
    series: workInProgressPhases.map((phase, index) => buildBars({ ...looks[phase], columns: [index] })),
  };
  const parts = { sentence: formatSentence(ages, names, all), isDrawn: all > 0, drawing };
  return { key: 'ages', name: 'How old it is', chart: buildChartView(parts, null) };
}

function buildColumn(head: string, ages: Ages, count: (age: Ages[number]) => number): ChartColumn {
  return { head, unit: 'count', values: packValues(ages.map(count), 'count') };
}

function computeAll(age: Ages[number]): number {
  return workInProgressPhases.reduce((sum, phase) => sum + age[phase], 0);
}

/** "under 1 d", "1 d to 3 d", "28 d and more". */
export function formatAgeName(ages: Ages, index: number): string {
  const from = ages[index - 1]?.below ?? null;
  const below = ages[index]?.below ?? null;
  if (from === null) {
    return below === null ? 'any age' : `under ${formatDuration(below)}`;
  }
  return below === null ? `${formatDuration(from)} and more` : `${formatDuration(from)} to ${formatDuration(below)}`;
}

/** Whether something so many seconds old belongs to the age at a position. */
export function isOfAge(seconds: number, ages: Ages, index: number): boolean {
  const from = ages[index - 1]?.below ?? 0;
  const below = ages[index]?.below ?? null;
  return seconds >= from && (below === null || seconds < below);
}

function formatSentence(ages: Ages, names: readonly string[], all: number): string {
  if (all === 0) {
    return 'Nothing is open.';
  }
  const largest = ages.reduce(
    (most, age, index) => (computeAll(age) > computeAll(ages[most] ?? age) ? index : most),
    0,
  );
  const count = computeAll(ages[largest] ?? { below: null, open: 0, reviewed: 0, approved: 0 });
  return `Open pull requests by the time since their opening; most of the ${formatCounted(all, 'pull request')} are ${names[largest] ?? ''} old (${formatCount(count)}).`;
}
