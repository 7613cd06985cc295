import type { Interval } from '../../../domain/calendar/bucket';
import { daysBetween, formatDateRange } from '../../presentation/format/dates';
import { formatCount, formatCounted } from '../../presentation/format/numbers';
import { formatDurationCell } from '../../presentation/charts/duration-chart';

/** Local dates, both included. */
interface Period {
  readonly from: string;
  readonly to: string;
}

/** Every text of the overview of a workspace or of a repository that is not of a metric itself. */
export const overviewWords = {
  title: 'Delivery performance',
  keyMetrics: 'Key metrics',
  overTime: 'Over time',
  explain: (name: string) => `${name}: how the number is computed`,
  deployments: 'All deployments',
  failedDeployments: 'Failed deployments',
  fixes: 'Fixes',
  incidents: 'All incidents',
  pullRequests: 'All merged pull requests',
  reviews: 'Where the time goes',
  chart: (name: string, interval: Interval) => `${name} by ${interval}`,
  furtherCharts: (names: readonly string[]) => `Show charts of ${joinNames(names)}`,
  allTables: 'Show all numbers of the charts as tables',
  timeToMerge: {
    name: 'Time to merge',
    sample: (count: number) => formatCounted(count, 'pull request'),
    reason: 'No merged pull requests in this range.',
    explanation: (value: number | null, n: number, excluded: number) => [
      `Time to merge, from opening to merging: half of ${formatCounted(n, 'merged pull request')} took at most ${formatDurationCell(value)}. Pull requests into all branches count, with the time as a draft.`,
      ...(excluded === 0
        ? []
        : [`Left out: ${formatCounted(excluded, 'pull request')} with a merge dated before the opening.`]),
    ],
  },
  tables: {
    repositories: {
      title: 'Repositories',
      name: 'Repository',
      caption: 'The same numbers for each repository',
      pages: 'Pages of the repositories',
    },
    teams: {
      title: 'Teams',
      name: 'Team',
      caption: 'The same numbers for each team',
      pages: 'Pages of the teams',
      note: 'A deployment counts for each team of its author',
    },
    shaded: (range: Period, compared: Period) => `Shaded changes are worse than in ${formatCompared(range, compared)}`,
    change: 'Change',
    points: 'Points',
    /** Behind "Change", for those who hear the table. */
    changeOf: (column: string) => `of ${column.toLowerCase()}`,
    deployed: 'Deployed',
    recovery: 'Recovery',
    part: (part: number, all: number) => `${formatCount(part)} of ${formatCount(all)}`,
    noDeployments: 'No deployments',
    noCommits: 'No known commits',
    noIncidents: 'No incidents',
    noneResolved: 'None resolved',
    deleted: (name: string) => `${name} (deleted)`,
    shown: (shown: number, all: string) => `${formatCount(shown)} of ${all}`,
    teamCount: (count: number) => formatCounted(count, 'team'),
    teamsPage: 'teams',
  },
} as const;

function joinNames(names: readonly string[]): string {
  const [last, ...others] = names.map((name) => name.toLowerCase()).toReversed();
  return others.length === 0 ? (last ?? '') : `${others.toReversed().join(', ')} and ${last ?? ''}`;
}

/** "the 90 days before", or its dates where it is another period. */
function formatCompared(range: Period, compared: Period): string {
  const days = daysBetween(range.from, range.to) + 1;
  const isBefore = daysBetween(compared.to, range.from) === 1 && daysBetween(compared.from, compared.to) + 1 === days;
  return isBefore ? `the ${formatCounted(days, 'day')} before` : formatDateRange(compared.from, compared.to);
}
