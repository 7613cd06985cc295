import { formatCount, formatCounted } from '../../../presentation/format/numbers';
import type { ImportState } from '../../../../ingestion/progress/import-status';

const goesOn = 'Drumbeat tries again by itself, and goes on as soon as Bitbucket answers.';
const comesBack = 'Drumbeat tries again by itself, and goes on as soon as Bitbucket shows the repository again.';
const nothingLost = 'What is merged meanwhile is found then.';

/** Every text of the section "Import". */
export const importWords = {
  intro: 'The history of the workspace, read once from Bitbucket. Everything after that arrives live.',
  states: {
    queued: 'Waiting',
    running: 'Importing',
    done: 'Complete',
    failed: 'Stopped',
  } satisfies Readonly<Record<ImportState, string>>,
  heldUp: 'Held up',
  sentence: {
    queued: 'The import begins in a moment.',
    heldUp: 'The import cannot begin yet; the reason is named on this page. Drumbeat tries again by itself.',
    running: (done: number, total: number) =>
      `${formatCount(done)} of ${formatCounted(total, 'repository is', 'repositories are')} complete.`,
    finish: (left: string, at: string) => `About ${left} left, until ${at}.`,
    nothing: 'This workspace has no repositories yet.',
    noFinish: 'How long it takes is not known yet.',
    failed: 'The import has stopped; the reason is named on this page.',
    partly: 'What holds the others up is named on this page; Drumbeat tries again by itself.',
  },
  pullRequests: (done: number, total: number) => `${formatCount(done)} of ${formatCount(total)} pull requests`,
  rate: (perMinute: number) => `, about ${formatCount(perMinute)} a minute`,
  progress: 'Pull requests imported',
  requests: (limit: number, left: number, until: string | null) =>
    `Bitbucket allows ${formatCount(limit)} requests an hour; ${formatCount(left)} ${left === 1 ? 'is' : 'are'} left${until === null ? '' : ` until ${until}`}.`,
  early: 'Until the history of a range is read, pages show no level for it.',
  facts: {
    changes: 'Changes',
    polled: (every: string, last: string) => `Found every ${every}, since Bitbucket does not call; ${last}`,
    notLooked: 'not looked yet',
    looked: (when: string) => `last looked on ${when}`,
    requests: 'Requests to Bitbucket this hour',
    requestsText: (used: number, limit: number, end: string | null) =>
      `${formatCount(used)} of ${formatCount(limit)}${end === null ? '' : `; the hour ends at ${end}`}`,
    sizes: 'Sizes of pull requests',
    sizesText: (done: number, total: number) => `${formatCount(done)} of ${formatCount(total)} read; they come last`,
    waiting: 'Notices waiting',
    unreadable: 'Notices that could not be read',
    unreadableText: (count: number) =>
      count === 0 ? '0' : `${formatCount(count)}, kept as they came; what they announced is read again within the hour`,
  },
  purposes: 'Requests so far by purpose',
  table: {
    caption: 'Import of each repository',
    repository: 'Repository',
    status: 'Status',
    pullRequests: 'Pull requests',
    again: 'Import again',
    all: 'All',
    pages: 'Pages of the repositories',
    none: 'No repository is known yet. The list is read as soon as the workspace is connected.',
  },
  installed: 'Drumbeat is installed',
  confirmation: {
    connected: (workspace: string) =>
      `Drumbeat is connected to the workspace ${workspace}. Nothing in Bitbucket is changed.`,
    read: (days: number | null) => {
      const depth = days === null ? '' : ` updated in the last ${formatCounted(days, 'day')}`;
      return `Of every repository Drumbeat now imports the pull requests${depth} and all open ones, with their commits, approvals, comments and sizes, and the groups of the workspace. No source code is kept.`;
    },
    time: 'Small workspaces take minutes, large ones some hours: Bitbucket limits the requests per hour. The pages can be used meanwhile; newest pull requests come first.',
  },
  problems: {
    clock: 'Notices of Bitbucket are refused',
    clockNext:
      'Next step: whoever runs Drumbeat lets a time server set the clock of its machine. What was missed is read again by itself, and this message goes with the next notice that is accepted.',
    more: 'More problems',
    goesOn,
    comparedLater: `${goesOn} ${nothingLost}`,
    waiting: 'The import is waiting',
    unreadable: 'The workspace cannot be read',
    unreadableNext:
      'Next step: an owner of the workspace removes Drumbeat under Installed apps and installs it again. Nothing that was imported is lost.',
    notCompared: 'The workspace cannot be compared with Bitbucket',
    repositoryNotCompared: (name: string) => `${name} cannot be compared with Bitbucket`,
    repositoryNotImported: (name: string) => `${name} could not be imported`,
    repositoryNext: `${comesBack} The button in the list below tries again at once. The other repositories are not held up.`,
  },
  outcome: {
    again: (name: string) => `${name} is imported again`,
    allAgain: 'All repositories are imported again',
    text: 'What is already known stays and is brought up to date.',
    refused: 'Nothing was imported',
    notThere: 'This repository is not there.',
    incomplete: 'The form was incomplete: press the button again.',
  },
} as const;
