import type { ReleaseItem } from '../../../reporting/delivery/release-items';
import { formatDuration } from '../../presentation/format/durations';
import { formatCount, formatCounted } from '../../presentation/format/numbers';

/** Every text of the page of a release. */
export const releasePageWords = {
  trail: 'Breadcrumbs',
  deployments: 'Deployments',
  about: ({ number, system: repository }: ReleaseItem, at: string, author: string) =>
    `#${number} in ${repository.name}, merged on ${at}. Author: ${author}.`,
  leftOut: 'Left out',
  leftOutText: 'A correction leaves this deployment out of the metrics.',
  inBitbucket: (number: number) => `Open #${number} in Bitbucket`,
  timeLine: 'Time line',
  neighbours: 'Other deployments of this repository',
  previous: (title: string) => `Previous: ${shorten(title)}`,
  next: (title: string) => `Next: ${shorten(title)}`,
  details: 'Details',
  outcome: 'Outcome',
  noFailure: 'No failure of this deployment is known.',
  failed: (ended: string) => `Failed. ${ended}`,
  notEnded: 'The failure is not fixed yet.',
  revertedBy: (seconds: number | null) => `Reverted${formatAfter(seconds)} by`,
  fixedBy: (seconds: number | null) => `Fixed${formatAfter(seconds)} by`,
  endedElsewhere: 'in another repository, which is not shown to you',
  recovered: (seconds: number | null) =>
    `Ended a failure${seconds === null ? '' : ` of ${formatDuration(seconds)}`} of`,
  recoveredUnlinked: (began: string) =>
    `Ended a failure that began on ${began}. No deployment before is known that could be blamed.`,
  partOf: (event: string) => `Part of ${event}`,
  facts: {
    deployed: 'Deployed',
    repository: 'Repository',
    author: 'Author',
    teams: 'Teams',
    noTeam: 'The author was in no team.',
    teamsAsOfImport: 'As of the import.',
    issues: 'Issues',
    noIssue: 'Neither the title nor the branch names one.',
    leadTime: 'Lead time',
    leadTimeOf: (count: number) => (count === 1 ? 'Of one commit.' : `Median of ${formatCounted(count, 'commit')}.`),
    noLeadTime: 'No commit is known.',
    noLeadTimeOfDates: 'Every commit is dated after the deployment.',
    approvedBy: 'Approved by',
    nobody: 'Nobody',
    reviewedBy: 'Also reviewed by',
    none: '—',
  },
  commits: 'Commits',
  commitsOf: (count: number) => formatCounted(count, 'commit'),
  commitsCaption: 'The commits of this deployment, oldest first',
  heads: { commit: 'Commit', date: 'Author date', leadTime: 'Lead time' },
  openCommit: (hash: string) => `Open commit ${hash} in Bitbucket`,
  late: 'Dated after the deployment; not counted',
  incomplete:
    'The commits could not be read as they were merged, so the lead time is not known. Mostly the source branch was deleted before the history was imported.',
  incompletePart: 'These are not all commits: the others could not be read as they were merged.',
  cut: (shown: number, all: number) => `The first ${formatCount(shown)} of ${formatCount(all)} commits are listed.`,
  none: {
    title: (number: number) => `#${number} is no deployment`,
    text: 'A deployment is a pull request that was merged into the default branch of its repository.',
    open: 'This pull request is open.',
    closed: 'This pull request was closed without a merge.',
    elsewhere: (branch: string) => `This pull request was merged into ${branch}.`,
    unknown: 'This pull request does not count as a deployment.',
    undated: 'Bitbucket does not tell when this pull request was merged.',
    step: (number: number) => `Show the time line of #${number}`,
  },
} as const;

/** Of a title on a button. */
const longestTitle = 80;

function shorten(title: string): string {
  return title.length > longestTitle ? `${title.slice(0, longestTitle).toWellFormed()}…` : title;
}

function formatAfter(seconds: number | null): string {
  return seconds === null ? '' : ` after ${formatDuration(seconds)}`;
}
