import { formatCount, formatCounted } from '../format/numbers';

/** Every text of lists of single pull requests, deployments and incidents, and of what is done in their rows. */

export const columnTexts = {
  deployed: 'Time',
  deployment: 'Deployment',
  pullRequest: 'Pull request',
  author: 'Author',
  commits: 'Commits',
  leadTime: 'Lead time',
  outcome: 'Outcome',
  merged: 'Merged',
  timeToMerge: 'Time to merge',
  firstReview: 'Time to first review',
  lines: 'Lines',
  comments: 'Comments',
  reviews: 'Reviews',
  phase: 'Phase',
  age: 'Open for',
  stale: 'Untouched for',
  opened: 'Opened',
  into: 'Into',
  incident: 'Incident',
  began: 'Began',
  resolved: 'Resolved',
  recovery: 'Time to recover',
  kind: 'Found by',
  actions: 'Actions',
} as const;

/** Names that are heard, not seen. */
export const listLabels = { parts: 'Status' } as const;

export const outcomeTexts = {
  none: 'No failure known',
  failed: 'Failed',
  revert: 'Revert',
  hotfix: 'Hotfix',
  left_out: 'Left out',
} as const;

export const rowTexts = {
  notKnown: 'Not known',
  noCommits: 'The commits could not be read.',
  noLeadTime: 'No commit from before the deployment is known.',
  notRecovered: 'Not yet',
  elsewhere: 'In another repository, which is not shown here',
  unknownAuthor: 'Author not known',
  deletedAccount: 'Deleted account',
  bot: 'Bot',
  notBlamed: 'Blamed on no deployment: none before the incident is known',
  noReview: 'Nobody but the author or a bot reviewed before the merge.',
} as const;

export const formatBlamed = (title: string) => `Blamed on ${title}`;
export const formatInBitbucket = (number: string | number) => `Pull request ${number} in Bitbucket`;

/** "7 deployments, 17 commits, 1 left out". */
export function formatTotals(
  totals: {
    readonly rows: number;
    readonly leftOut: number;
    readonly commits: number | null;
    readonly lines: number | null;
    readonly resolved: number | null;
  },
  { one, many }: { readonly one: string; readonly many: string },
): string {
  return [
    formatCounted(totals.rows, one, many),
    ...(totals.commits === null ? [] : [formatCounted(totals.commits, 'commit')]),
    ...(totals.lines === null ? [] : [`${formatCounted(totals.lines, 'line')} changed`]),
    ...(totals.resolved === null ? [] : [`${formatCount(totals.resolved)} resolved`]),
    ...(totals.leftOut === 0 ? [] : [`${formatCount(totals.leftOut)} left out`]),
  ].join(', ');
}

export const formatFound = (found: string, all: string) => `Found ${found}, of ${all}`;
export const formatSearched = (count: number) =>
  `Only the newest ${formatCount(count)} were searched: a shorter range is searched in full.`;
/** Of the events above the list of incidents. */
export const eventTexts = {
  title: (count: number) =>
    `${formatCounted(count, 'group')} of failures of one repository within 48 hours of each other`,
  others: (count: number) => `${formatCounted(count, 'earlier group')}: choose a shorter range.`,
} as const;

export const formatNothingFound = (text: string, all: string) => `No match for “${text}” among ${all}.`;
export const formatShowAll = (all: string) => `Show all ${all}`;

export const findTexts = {
  label: 'Find',
  hint: 'Title, #number, author, issue key or branch',
  sort: 'Sort by',
  button: 'Show',
  tooLong: 'At most 200 characters are searched for.',
} as const;

/** The orders offered by name; a heading offers the other way round too. */
export const orderTexts: Readonly<Record<string, string>> = {
  '-time': 'Newest first',
  time: 'Oldest first',
  repository: 'Repository',
  author: 'Author',
  '-lead': 'Longest lead time',
  '-commits': 'Most commits',
  '-lines': 'Most lines',
  '-time-to-merge': 'Longest time to merge',
  '-first-review': 'Longest wait for a review',
  '-comments': 'Most comments',
  '-reviews': 'Most reviews',
  '-age': 'Open longest',
  '-stale': 'Untouched longest',
  '-phase': 'Phase',
  '-recovery': 'Longest time to recover',
  '-resolved': 'Resolved last',
};
export const formatOtherOrder = (text: string, isDescending: boolean) =>
  `${text}, ${isDescending ? 'highest first' : 'lowest first'}`;

export const actionTexts = {
  notIncident: 'Not an incident',
  chooseCause: 'Caused by another deployment',
  leaveOut: 'Leave out of the metrics',
  bot: 'This account is a bot',
  note: 'Add a note',
  undo: 'Undo',
  save: 'Save',
  cancel: 'Cancel',
} as const;

export const formatActionsName = (name: string) => `Actions for ${name}`;

/** What is written down beside a correction as its reason. */
export const reasonInRow = 'Corrected in its row';

const somebody = 'an administrator';

/** What was put right of a row, for as long as it is in force. */
export const standingTexts = {
  leave_out_deployment: (by: string | null, on: string) => `Left out by ${by ?? somebody} on ${on}.`,
  leave_out_pull_request: (by: string | null, on: string) => `Left out by ${by ?? somebody} on ${on}.`,
  leave_out_incident: (by: string | null, on: string) => `Not an incident, said ${by ?? somebody} on ${on}.`,
  link_incident: (by: string | null, on: string, target: string | null) =>
    `Blamed on ${target ?? 'another deployment'} by ${by ?? somebody} on ${on}.`,
} as const;

export const saidTexts = {
  leftOut: (name: string) => `${name} is left out of the metrics.`,
  noIncident: (name: string) => `${name} is no longer part of an incident.`,
  linked: (name: string, target: string) => `The incident of ${name} is blamed on ${target}.`,
  bot: (name: string) => `${name} is a bot: reviews and comments of this account do not count.`,
  noted: (date: string) => `The note for ${date} is saved.`,
  undone: (name: string) => `Undone: ${name} counts as before.`,
  undoneNote: (date: string) => `The note for ${date} is removed.`,
  undoneBot: (name: string) => `Undone: reviews and comments of ${name} count again.`,
  overtaken: 'Somebody changed this meanwhile. Nothing was changed; the row shows the present state.',
  unconfirmed: 'Nothing was changed: Bitbucket could not be asked whether you administer this workspace. Try again.',
  gone: 'Nothing was changed: what you chose is no longer there.',
  tooManyBots: 'Nothing was changed: the list of bots in the settings is full.',
  noNumber: 'Nothing was changed: type the number of a pull request, such as 402.',
  noDeployment: (number: number) => `Nothing was changed: #${number} is no deployment of this repository.`,
  ownFix: 'Nothing was changed: an incident is not blamed on its own fix.',
  badNote: (most: number) => `Nothing was changed: a note is one line of 1 to ${most} characters.`,
} as const;

export const askTexts = {
  cause: 'Which deployment caused the incident?',
  near: 'Deployments before the incident',
  other: 'Or the number of another pull request',
  note: (date: string) => `What happened on ${date}`,
} as const;
