import { toDayNumber, toWeekday } from '../../../domain/calendar/civil-day';
import { formatDate } from '../../presentation/format/dates';
import { formatDuration } from '../../presentation/format/durations';
import { formatCount, formatCounted, formatShare } from '../../presentation/format/numbers';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** "2026-10-20" gives "Tuesday 20 October 2026". */
export function formatLongDay(date: string): string {
  const weekday = weekdays[toWeekday(toDayNumber(date) ?? 0)] ?? '';
  return `${weekday} ${Number(date.slice(8))} ${formatLongMonth(date)}`;
}

/** "2026-10-20" gives "October 2026". */
export function formatLongMonth(date: string): string {
  return `${months[Number(date.slice(5, 7)) - 1] ?? ''} ${date.slice(0, 4)}`;
}

/** How the failures of a day ended. */
export interface FailureFigures {
  readonly failed: number;
  /** Of the failed deployments, those of which no incident goes on. */
  readonly ended: number;
  readonly isByRevert: boolean;
  /** Seconds of the longest failure; `null`: not known. */
  readonly longest: number | null;
}

/** Every text of the page of a day. */
export const dayWords = {
  trail: 'Breadcrumbs',
  deployments: 'Deployments',
  neighbours: 'Other days with deployments',
  before: (day: string) => `${formatLongDay(day)}, the day with deployments before`,
  after: (day: string) => `${formatLongDay(day)}, the next day with deployments`,
  notOver: 'Not over yet',
  filtered: (names: readonly string[]) => `Only ${names.join(', ')}`,
  showAll: 'Show all repositories and teams',
  raw: 'Raw: without the corrections made by hand',
  shipped: 'What was shipped',
  deployed: (count: number, repositories: number, place: string | null) =>
    `${formatCounted(count, 'deployment')} ${place === null ? `in ${formatCounted(repositories, 'repository', 'repositories')}` : `in ${place}`}.`,
  failed: formatFailed,
  commits: (commits: number, people: number, unknown: number) =>
    [
      `${formatCounted(commits, 'commit')} in pull requests by ${formatCounted(people, 'person', 'people')}.`,
      ...(unknown === 0 ? [] : [formatUnknown(unknown)]),
    ].join(' '),
  numbers: 'Numbers of this day',
  rows: 'Deployments of this day, in the order of time',
  totals: (deployments: number, commits: number, leftOut: number) =>
    [
      formatCounted(deployments, 'deployment'),
      formatCounted(commits, 'commit'),
      ...(leftOut === 0 ? [] : [`${formatCount(leftOut)} left out`]),
    ].join(', '),
  heads: {
    time: 'Time',
    deployment: 'Deployment',
    author: 'Author',
    commits: 'Commits',
    leadTime: 'Lead time',
    outcome: 'Outcome',
  },
  csv: 'deployments of this day',
  commitsUnknown: 'Not known',
  commitsAtLeast: (count: number) => `At least ${formatCount(count)}`,
  commitsUnknownReason: 'The commits could not be read as they were merged.',
  cut: (shown: number, all: number) =>
    `The first ${formatCount(shown)} of ${formatCount(all)} are listed; all are in the CSV.`,
  notes: 'Notes',
  noteBy: (name: string) => `by ${name}`,
  noteByNobody: 'by somebody whom Bitbucket did not name',
  facts: {
    frequency: 'Deployments',
    failureRate: 'Change failure rate',
    leadTime: 'Lead time for changes',
    recovery: 'Time to recover',
    rework: 'Rework rate',
    incidents: 'Incidents that began',
    share: formatShare,
    duration: (seconds: number | null, n: number, thing: string) =>
      seconds === null ? null : `${formatDuration(seconds)} (median of ${formatCounted(n, thing)})`,
    none: '—',
    noChange: 'No commit is known.',
    noIncident: 'No incident that is blamed on a deployment began on this day.',
    nothing: 'Nothing was deployed.',
  },
} as const;

function formatUnknown(count: number): string {
  return count === 1
    ? 'The commits of one deployment are not known.'
    : `The commits of ${formatCount(count)} deployments are not known.`;
}

function formatFailed({ failed, ended, isByRevert, longest }: FailureFigures): string {
  if (failed === 0) return 'No failure is known.';
  const verb = isByRevert ? 'reverted' : 'fixed';
  const length = longest === null ? '' : ` after ${formatDuration(longest)}`;
  if (failed === 1) return ended === 1 ? `One failed and was ${verb}${length}.` : 'One failed and is not fixed yet.';
  const all = `${formatCount(failed)} failed`;
  if (ended < failed) return `${all}, ${formatCount(failed - ended)} of them not fixed yet.`;
  return `${all} and were ${verb}${longest === null ? '' : `, the longest${length}`}.`;
}

/** Why a day shows no deployment: a title, and what can be said. */
export const emptyDayWords = {
  disconnected: {
    title: 'Drumbeat is not connected',
    text: 'This workspace is not connected to Drumbeat at the moment, so nothing is read from Bitbucket.',
  },
  future: { title: 'This day is still to come', text: 'Deployments appear here as soon as the day has begun.' },
  leftOut: (repository: string) => ({
    title: 'This repository is left out',
    text: `A rule in the settings leaves ${repository} out, so no deployment of it counts.`,
  }),
  filtered: (count: number) => ({
    title: 'No deployments match these filters',
    text: `${formatCounted(count, 'deployment')} on this day, but none of the chosen repositories and teams.`,
  }),
  corrected: (count: number) => ({
    title: 'Corrections leave no deployments on this day',
    text: `Without the corrections made by hand: ${formatCounted(count, 'deployment')}.`,
  }),
  beforeHistory: (since: string) => ({
    title: 'This day lies before the history',
    text: `The history that was imported begins on ${formatDate(since)}. What was deployed before is not known.`,
  }),
  importing: (progress: string) => ({
    title: 'The history is being imported',
    text: `${progress} Deployments of earlier days may still appear.`,
  }),
  today: { title: 'No deployments today so far', text: 'Nothing was merged into a default branch today.' },
  none: { title: 'No deployments on this day', text: 'Nothing was merged into a default branch.' },
  show: (day: string) => `Show ${formatDate(day)}`,
  showRaw: 'Show the raw numbers',
} as const;

/** The texts of the drawing of a day. */
export const laneWords = {
  key: { deployed: 'Deployed', failed: 'Failed', fix: 'Revert or fix', recovery: 'Time to recover' },
  mark: (clock: string, title: string, outcome: string | null) =>
    `${clock} ${title}${outcome === null ? '' : `: ${outcome}`}`,
  bar: (seconds: number | null) => (seconds === null ? 'Not ended' : `Time to recover: ${formatDuration(seconds)}`),
  label: (repository: string, marks: readonly string[], others: number) =>
    `${repository}: ${[...marks, ...(others === 0 ? [] : [`${formatCount(others)} others, in the table below`])].join('; ')}.`,
  failing: 'a failure goes on',
  otherLanes: (count: number) =>
    `${formatCounted(count, 'other repository', 'other repositories')} had deployments on this day; see the table below.`,
  hours: 'Hours of the day',
} as const;
