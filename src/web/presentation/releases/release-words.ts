import { formatDuration } from '../format/durations';
import { formatCounted } from '../format/numbers';

/** The texts of deployments and of what became of them, wherever they are told. */
export const releaseWords = {
  failed: 'Failed',
  revert: 'Revert',
  fix: 'Fix',
  leftOut: 'Left out',
  noFailure: 'No failure known',
  ended: 'Ended',
  notEnded: 'Not ended',
  inBitbucket: 'in Bitbucket',
  unknownAuthor: 'Author not known',
  deletedAccount: 'a deleted account',
  elsewhere: 'In another repository, which is not shown to you',
  notCounted: 'Not among the deployments that count',
  reverted: (seconds: number | null) => withLength('Reverted', seconds),
  fixed: (seconds: number | null) => withLength('Fixed', seconds),
  recovered: (seconds: number | null) => withLength('Recovered', seconds),
  /** Without a deployment that is blamed. */
  unlinked: (began: string) => `Ended a failure of ${began}. No deployment before is known`,
  severalFailures: (count: number) => formatCounted(count, 'failure'),
} as const;

/** Dates that contradict each other tell no length. */
function withLength(word: string, seconds: number | null): string {
  return seconds === null || seconds < 0 ? word : `${word} after ${formatDuration(seconds)}`;
}

/** How many there are of an event, by what ended its failures. */
export interface StoryFigures {
  readonly failures: number;
  readonly failed: number;
  readonly reverts: number;
  readonly fixes: number;
}

/** The texts of failures that are told together. */
export const storyWords = {
  titleOfSeveral: ({ reverts, fixes }: StoryFigures, repository: string) =>
    `${fixes === 0 ? 'Reverts' : reverts === 0 ? 'Fixes' : 'Reverts and fixes'} in ${repository}`,
  ofOne: 'One deployment failed.',
  ofOneUnlinked: 'One failure. No deployment before is known.',
  /** "4 deployments failed, each within 48 hours of the one before, and are shown as one event. 4 reverts ended it." */
  ofSeveral: (figures: StoryFigures, isEnded: boolean) =>
    `${formatFailures(figures)} within 48 hours of each other, shown as one event. ${formatEnd(figures, isEnded)}`,
  span: (begin: string, end: string | null, seconds: number | null) =>
    [
      end === null ? `Since ${begin}` : `${begin} – ${end}`,
      ...(seconds === null ? [] : [formatDuration(seconds)]),
    ].join(' · '),
  others: (count: number) => `${formatCounted(count, 'other failure')} of this event: see the list of incidents.`,
  otherRepository: 'another repository',
} as const;

function formatFailures({ failures, failed }: StoryFigures): string {
  return failed === 0
    ? formatCounted(failures, 'failure')
    : `${formatCounted(failures, 'failure')} of ${formatCounted(failed, 'deployment')}`;
}

function formatEnd({ reverts, fixes }: StoryFigures, isEnded: boolean): string {
  const ways = [
    ...(reverts === 0 ? [] : [formatCounted(reverts, 'revert')]),
    ...(fixes === 0 ? [] : [formatCounted(fixes, 'fix', 'fixes')]),
  ].join(' and ');
  if (ways === '') return isEnded ? 'Ended.' : 'Not ended.';
  return isEnded ? `Ended by ${ways}.` : `Not ended, after ${ways}.`;
}
