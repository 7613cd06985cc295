import { workInProgressPhases, type WorkInProgressPhase } from '../../../domain/reviews/work-in-progress-phase';
import type { WorkInProgressReport } from '../../../reporting/answers/pull-requests';
import { toBars, type Pattern, type SeriesColour } from '../../presentation/charts/chart-drawing';
import { toChartView, type ChartView } from '../../presentation/charts/chart-view';
import { toDuration } from '../../presentation/format/durations';
import { toCount, toCounted } from '../../presentation/format/numbers';
import { toTable } from '../../presentation/format/tables';

export interface AgeChartView {
  readonly key: string;
  readonly name: string;
  readonly chart: ChartView;
}

type Ages = WorkInProgressReport['ages'];

const looks: Readonly<Record<WorkInProgressPhase, { name: string; colour: SeriesColour; pattern: Pattern }>> = {
  open: { name: 'Open, without a review', colour: 1, pattern: 'plain' },
  reviewed: { name: 'Reviewed', colour: 2, pattern: 'stripes' },
  approved: { name: 'Approved', colour: 3, pattern: 'dots' },
};

/** How old open work is, each age divided by phase. `toHref`: the rows of the age at that position. */
export function toAgeChart(
  { ages }: Pick<WorkInProgressReport, 'ages'>,
  toHref: (index: number) => string,
): AgeChartView {
  const names = ages.map((_, index) => toAgeName(ages, index));
  const all = ages.reduce((sum, age) => sum + toAll(age), 0);
  const hrefs = ages.map((_, index) => toHref(index));
  return {
    key: 'ages',
    name: 'How old it is',
    chart: toChartView({
      sentence: toSentence(ages, names, all),
      isDrawn: all > 0,
      drawing: {
        kind: 'buckets',
        unit: 'pull requests',
        isCount: true,
        labels: names,
        unfinished: null,
        isStacked: true,
        hrefs,
        notes: [],
        series: workInProgressPhases.map((phase) => {
          const values = ages.map((age) => age[phase]);
          return toBars({ ...looks[phase], values, texts: values.map(toCount) });
        }),
      },
      table: toTable(
        'Open pull requests by age',
        ['Age', ...workInProgressPhases.map((phase) => looks[phase].name), 'Together'],
        ages.map((age, index) => ({
          href: hrefs[index] ?? null,
          cells: [names[index] ?? '', ...workInProgressPhases.map((phase) => toCount(age[phase])), toCount(toAll(age))],
        })),
      ),
    }),
  };
}

function toAll(age: Ages[number]): number {
  return workInProgressPhases.reduce((sum, phase) => sum + age[phase], 0);
}

/** "under 1 d", "1 d to 3 d", "28 d and more". */
export function toAgeName(ages: Ages, index: number): string {
  const from = ages[index - 1]?.below ?? null;
  const below = ages[index]?.below ?? null;
  if (from === null) {
    return below === null ? 'any age' : `under ${toDuration(below)}`;
  }
  return below === null ? `${toDuration(from)} and more` : `${toDuration(from)} to ${toDuration(below)}`;
}

/** Whether something so many seconds old belongs to the age at a position. */
export function isOfAge(seconds: number, ages: Ages, index: number): boolean {
  const from = ages[index - 1]?.below ?? 0;
  const below = ages[index]?.below ?? null;
  return seconds >= from && (below === null || seconds < below);
}

function toSentence(ages: Ages, names: readonly string[], all: number): string {
  if (all === 0) {
    return 'Nothing is open.';
  }
  const largest = ages.reduce((most, age, index) => (toAll(age) > toAll(ages[most] ?? age) ? index : most), 0);
  const count = toAll(ages[largest] ?? { below: null, open: 0, reviewed: 0, approved: 0 });
  return `Open pull requests by the time since their opening; most of the ${toCounted(all, 'pull request')} are ${names[largest] ?? ''} old (${toCount(count)}).`;
}
