import { formatDate } from '../format/dates';
import { formatCount, formatCounted } from '../format/numbers';
import type { Stage } from './shown-change';

/* Every text of "What changed" and of "Where the time goes". Values come formatted. */

export const whatChangedWords = {
  title: 'What changed',
  byPhase: 'By phase',
  byRepository: 'By repository',
  phase: 'Phase',
  repository: 'Repository',
  part: 'Average time, and the part of each in its change',
  howItAddsUp: 'How this adds up',
  others: (count: number) => `${formatCount(count)} others`,
  lastDays: (days: number) => `Last ${formatCounted(days, 'day')}`,
  daysBefore: (days: number) => `${formatCounted(days, 'day')} before`,
};

export const timeWords = {
  title: 'Where the time goes',
  key: 'Blue is waiting, grey is work.',
};

const stageNames: Readonly<Record<Stage, string>> = {
  coding: 'Coding',
  review: 'Waiting for review',
  inReview: 'In review',
  merge: 'Waiting to merge',
  deployment: 'Waiting for deployment',
};

export function nameStage(stage: Stage, hasDrafts: boolean): string {
  return stage === 'coding' && hasDrafts ? 'Coding and draft' : stageNames[stage];
}

/** A value that moved: shorter or longer by so much, to so much. */
export interface MovedWords {
  readonly isLonger: boolean;
  readonly by: string;
  readonly to: string;
}

const leadMoved = ({ isLonger, by, to }: MovedWords) => `Lead time ${isLonger ? 'rose' : 'fell'} by ${by} to ${to}`;
const medianMoved = ({ isLonger, to }: Omit<MovedWords, 'by'>) =>
  `while the median ${isLonger ? 'rose' : 'fell'} to ${to}`;

/** The sentence of Delivery performance. `median`: where it went the other way. */
export const leadWords = {
  moved: (lead: MovedWords, median: Omit<MovedWords, 'by'> | null) =>
    median === null ? `${leadMoved(lead)} on average.` : `${leadMoved(lead)} on average, ${medianMoved(median)}.`,
  same: (now: string) => `Lead time did not change: ${now} on average.`,
  alone: (now: string) => `Lead time is ${now} on average.`,
};

/** The sentence of Changes & Reviews. */
export const mergedWords = {
  moved: ({ isLonger, by, to }: MovedWords, median: Omit<MovedWords, 'by'> | null) => {
    const start = `A merged pull request took ${to} on average, ${by} ${isLonger ? 'more' : 'less'} than before`;
    return median === null ? `${start}.` : `${start}, ${medianMoved(median)}.`;
  },
  same: (now: string) => `A merged pull request took ${now} on average, as before.`,
  alone: (now: string) => `A merged pull request took ${now} on average.`,
};

/** What a stage did, behind the sentence: said of the one that moved most the way of the whole. */
const stageMoved: Readonly<Record<Stage, (by: string, isLonger: boolean) => string>> = {
  coding: (by, isLonger) => `Coding took ${by} ${isLonger ? 'longer' : 'less'}.`,
  review: (by, isLonger) => `Pull requests waited ${by} ${isLonger ? 'longer' : 'less'} for a review.`,
  inReview: (by, isLonger) => `Reviews took ${by} ${isLonger ? 'longer' : 'less'}.`,
  merge: (by, isLonger) => `Pull requests waited ${by} ${isLonger ? 'longer' : 'less'} to be merged.`,
  deployment: (by, isLonger) => `Merged pull requests waited ${by} ${isLonger ? 'longer' : 'less'} for a deployment.`,
};

export function describeStage(stage: Stage, by: string, isLonger: boolean): string {
  return stageMoved[stage](by, isLonger);
}

export function describeLongest(name: string, isStill: boolean): string {
  return `${name} is ${isStill ? 'still ' : ''}the longest part.`;
}

export const silentWords = {
  tooFew: (now: number, before: number) =>
    `Too few pull requests to tell a change: ${formatCount(now)} now, ${formatCount(before)} before.`,
  fewest: (fewest: number) => `At least ${formatCount(fewest)} in both periods are needed.`,
  noneKnown: 'No pull request here has a known first commit.',
  noHistory: 'No period before to compare with.',
  historyBegins: (since: string) => `No comparison: the history begins on ${formatDate(since)}.`,
  under: (percent: number) => `A difference of less than ${percent} % counts as no change.`,
};

export const stageChangeWords = {
  same: 'No change',
  longer: (by: string) => `${by} longer`,
  shorter: (by: string) => `${by} shorter`,
};

/** Of how many pull requests the averages are. */
export function formatSample(now: number, before: number | null): string {
  if (now === 0) return '';
  const counted = `Average of ${formatCounted(now, 'pull request')}`;
  return before === null ? `${counted}.` : `${counted}, ${formatCount(before)} before.`;
}

export function formatLeftOut(now: number, before: number | null): string {
  if (now + (before ?? 0) === 0) return '';
  const counts = before === null ? formatCount(now) : `${formatCount(now)} now, ${formatCount(before)} before`;
  return `Left out: ${counts}, first commit not known.`;
}

/** What is behind "How this adds up". */
export function explainParts(of: 'deployments' | 'merged', step: string): readonly string[] {
  const end = of === 'deployments' ? 'deployment' : 'merge';
  const median =
    of === 'deployments'
      ? 'Lead time for changes below is the median of single changes.'
      : 'The metrics below are medians.';
  return [
    `The time of a pull request runs from its first commit to its ${end} and is the sum of its phases. Shown is the average (mean), because averages have parts and medians have none. ${median}`,
    'Part of a phase: its average now − its average before. In review includes waiting for the author, and waiting to merge includes a merge queue.',
    'Part of a repository: share now × average now − share before × average before − (share now − share before) × the middle of both averages of all. The share is that of the pull requests. A repository that is slower than all counts for more when it has more of them.',
    `Shown in steps of ${step}, rounded so that the parts add up to the difference.`,
  ];
}
