import { formatDate } from '../../presentation/format/dates';
import { formatCount, formatCounted } from '../../presentation/format/numbers';

/** Every text of the page on data quality. */
export const words = {
  title: 'Data quality',
  question: 'How sure are these numbers?',
  checks: 'Checks',
  checkHeads: { check: 'Check', status: 'Status', details: 'Details', usedFor: 'Used for', next: 'Next step' },
  checksCaption: 'What was checked, how it stands, and what to do next',
  byRepository: 'Commits by repository',
  byRepositoryNote: 'Deployments whose commits are not known, most first',
  repositoryHeads: {
    repository: 'Repository',
    unknown: 'Not known',
    deployments: 'Deployments',
    known: 'Commits known',
  },
  all: 'All',
  nothingToDo: 'Nothing to do',
  status: { complete: 'Complete', partly: 'Partly', estimate: 'Estimate', attention: 'Needs attention' },
  tiles: {
    commits: 'Commits known',
    dates: 'Merges dated',
    sizes: 'Sizes known',
    heard: 'Last change heard',
  },
  none: 'None in this range',
  of: (part: number, all: number, one: string) => `${formatCount(part)} of ${formatCounted(all, one)}`,

  headline: {
    allKnown: 'All deployments have known commits.',
    nothing: 'No deployments in this range.',
    unknownCommits: (count: number) =>
      count === 1
        ? 'Lead time is missing the commits of 1 deployment.'
        : `Lead time is missing the commits of ${formatCount(count)} deployments.`,
    undated: (count: number) =>
      count === 1
        ? '1 merge has no date and counts nowhere.'
        : `${formatCount(count)} merges have no date and count nowhere.`,
    estimate: (repositories: number) =>
      repositories === 1
        ? 'Merges stand in for deployments in this repository.'
        : `Merges stand in for deployments in all ${formatCount(repositories)} repositories.`,
  },

  live: {
    check: 'Live updates',
    usedFor: 'Everything',
    heard: (ago: string) => `Last change heard ${ago}.`,
    noneHeard: 'No change was heard since the workspace was connected.',
    polling: (minutes: number) =>
      `Bitbucket does not call; changes are looked for every ${formatCounted(minutes, 'minute')}.`,
    disconnected: 'The workspace is not connected, so nothing new arrives.',
    importing: 'The history is still being imported.',
    verified: (ago: string) => `All repositories were compared with Bitbucket ${ago}.`,
    notVerified: 'The repositories were not compared with Bitbucket yet.',
    repaired: (count: number) =>
      count === 0
        ? 'No gap was found in the last 30 days.'
        : `${formatCounted(count, 'gap')} of the last 30 days ${count === 1 ? 'was' : 'were'} found and repaired.`,
    settings: 'See what is wrong in the settings',
    watch: 'Watch the import in the settings',
    notNow: 'Not yet',
  },

  commits: {
    check: 'Commits of deployments',
    usedFor: 'Lead time',
    known: (part: number, all: number) => `${formatCount(part)} of ${formatCount(all)} known.`,
    notListed: (count: number) =>
      `${formatCounted(count, 'deployment')} had ${count === 1 ? 'a branch that was' : 'branches that were'} deleted or rewritten before the commits were read.`,
    refused: (count: number) =>
      `Bitbucket did not give the commits of ${formatCounted(count, 'deployment')}; they are asked for again.`,
    notReadYet: (count: number) => `The commits of ${formatCounted(count, 'deployment')} are still to be read.`,
    next: 'Deployments by repository, below',
    exact: 'New pull requests are read while they are open, so later deployments have their commits.',
  },

  deployments: {
    check: 'Deployments',
    usedFor: 'All five metrics',
    details: (repositories: number) =>
      repositories === 0
        ? 'No deployments in this range.'
        : `A merge into the default branch is taken for a deployment, in ${repositories === 1 ? 'this repository' : `all ${formatCount(repositories)} repositories`}.`,
    next: 'Exact where every merge is deployed at once',
  },

  dates: {
    check: 'Dates of merges',
    usedFor: 'All five metrics',
    all: (count: number) =>
      count === 0 ? 'No merges in this range.' : `All ${formatCount(count)} merges are dated by Bitbucket.`,
    some: (count: number) =>
      `${formatCounted(count, 'merge')} of any day ${count === 1 ? 'has' : 'have'} no date: Bitbucket does not tell when.`,
    next: (count: number) =>
      count === 1 ? 'The merge without a date' : `The ${formatCount(count)} merges without a date`,
  },

  sizes: {
    check: 'Sizes of pull requests',
    usedFor: 'Lines changed',
    details: (part: number, all: number, unknown: number) =>
      unknown === 0
        ? `All ${formatCount(all)} known.`
        : `${formatCount(part)} of ${formatCount(all)} known. The diff of ${formatCounted(unknown, 'pull request')} is not read yet or Bitbucket gives none.`,
    next: 'Read again by itself',
  },

  teams: {
    check: 'Teams',
    usedFor: 'Teams',
    asOfMerge: 'All deployments count for the teams of the day of their merge.',
    asOfImport: (count: number) =>
      count === 1
        ? '1 deployment is older than the import and counts for the teams of the day of the import.'
        : `${formatCount(count)} deployments are older than the import and count for the teams of the day of the import.`,
    groupsRead: (ago: string) => `Groups were read ${ago}.`,
    groupsNotRead: 'Groups are not read: Bitbucket does not show them here, so teams are kept by hand.',
    groupsProblem: (problem: string) => `Groups could not be read: ${problem}`,
    next: 'Keep teams by hand in the settings',
  },

  corrections: {
    check: 'Corrections',
    usedFor: 'Failure rate and time to recover',
    details: (count: number) => (count === 0 ? 'None.' : `${formatCount(count)} by administrators.`),
    next: 'The numbers without corrections',
    nextRaw: 'The numbers with corrections',
  },

  history: (since: string | null) =>
    since === null ? 'The history is not read yet.' : `History complete since ${formatDate(since)}.`,
} as const;
