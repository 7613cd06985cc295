import { formatCount, formatCounted } from '../../presentation/format/numbers';

const counted = (merged: number) => formatCounted(merged, 'merged pull request');

/** What Changes & reviews says, beside the names and formulas of its metrics (review-words.ts). */
export const words = {
  title: 'Changes & reviews',
  metrics: 'Metrics',
  choose: 'Choose one for the chart',
  metricsCaption: 'The ten metrics of the merged pull requests of this range',
  heads: { metric: 'Metric', median: 'Median', change: 'Change', trend: 'Trend', n: 'n' },
  allNumbers: 'all numbers',

  /** The phases, the last entry of the list. */
  phases: 'Average time in each phase',
  phasesNone: 'No pull request was merged in this range.',
  phasesCaption: 'Average time in each phase,',
  phasesSentence: ({ all, longest, most }: Record<'all' | 'longest' | 'most', string>) =>
    `From first commit to merge, or to deployment where that is known: ${all} on average. Longest: ${longest}, ${most}.`,
  together: 'Together',

  mergedPullRequests: counted,
  addP95: 'Add 95th percentile',
  withoutP95: 'Without 95th percentile',
  mean: 'Mean',
  pullRequests: 'Pull requests',
  leftOut: 'Left out',
  howComputed: 'How it is computed',
  noneHasIt: 'No merged pull request of this range has this number.',
  sample: (n: number, merged: number) => `Median of ${formatCount(n)} of ${counted(merged)}.`,
  spread: ({ p75, p95, mean }: Record<'p75' | 'p95' | 'mean', string>) =>
    `Three quarters have at most ${p75}, 95 % at most ${p95}; the mean is ${mean}.`,
  leftOutOf: (without: number, merged: number, why: string) =>
    `Left out: ${formatCounted(without, 'pull request')} of ${formatCount(merged)} ${why}.`,
  negative: (excluded: number) =>
    `${formatCounted(excluded, 'pull request')} whose dates contradict each other (the time would be negative)`,
  countedForRule: 'of these pull requests',

  was: (value: string) => `was ${value}`,
  periodBefore: 'the period before',

  repositories: 'Repositories',
  repositoriesCaption: 'The medians of each repository',
  ofPullRequests: (n: number) => `of ${formatCounted(n, 'pull request')}`,
  repositoriesPages: 'Pages of the repositories',

  scatter: {
    title: 'Size and time to merge',
    axes: 'To the right',
    sentence: ({ shown, known, merged }: Record<'shown' | 'known' | 'merged', number>) =>
      shown === 0
        ? 'No merged pull request of this range has both numbers.'
        : `${sayWhich(shown, known, merged)} Both scales are logarithmic.`,
    box: 'A dot leads to its time line. Draw a box to choose pull requests.',
    nothing: 'Choose pull requests',
    byNumbers: 'By numbers',
    selected: (count: number) => `${formatCount(count)} selected`,
    none: 'No pull request has such numbers.',
    clear: 'Clear',
    showAll: (count: number) => (count === 1 ? 'Show 1 in a table' : `Show all ${formatCount(count)} in a table`),
    apply: 'Choose',
    from: 'from',
    to: 'to',
    hours: 'Time to merge, hours',
    limits: {
      both: (least: string, most: string, unit: string) => `${least} to ${most}${unit}`,
      least: (least: string, unit: string) => `${least}${unit} or more`,
      most: (most: string, unit: string) => `at most ${most}${unit}`,
    },
  },

  list: 'Single pull requests',
  listOfSelected: (count: number) => formatCounted(count, 'selected pull request'),
  listPages: 'Pages of the pull requests',
  listLimit: (shown: number, merged: number) =>
    `Sorted are the newest ${formatCount(shown)} of ${formatCount(merged)}; a shorter range holds all.`,

  /** Of parameters that are wrong. */
  problems: {
    axis: (axes: string) => `Points are laid out by one of ${axes}.`,
    order: (keys: string) => `Pull requests are sorted by one of ${keys}.`,
    metric: (keys: string) => `The chart shows one of ${keys}.`,
    p95: 'The 95th percentile is asked for by 1.',
    limit: 'A limit is a number from 0.',
    turned: 'The lower limit lies above the upper one.',
  },
};

function sayWhich(shown: number, known: number, merged: number): string {
  if (shown < known) return `The newest ${formatCount(shown)} of ${counted(merged)}.`;
  return shown === merged
    ? `Each dot is one of ${counted(merged)}.`
    : `Each dot is one of the ${formatCount(shown)} of ${counted(merged)} that have both numbers.`;
}
