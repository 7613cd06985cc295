import { formatCount, formatCounted } from '../../../presentation/format/numbers';

const orNone = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));

const saved = 'The settings are saved';
const actOnAll = (what: string) => `All history is now computed with the ${what}.`;

/** Every text of the section "Time zone and levels". */
export const generalWords = {
  intro: 'Days, weeks and months begin and end in this time zone. A change is applied to all history at once.',
  fields: { timezone: 'Time zone', levels: 'Performance levels' },
  nowThere: (when: string) => `Now ${when}`,
  levelsHint: 'The published table that elite, high, medium and low are taken from.',
  save: 'Save',
  saveWhat: 'time zone and levels',
  noZone: (text: string) => `There is no time zone "${text}".`,
  noTable: 'Choose one of the tables.',
  stored: {
    timezone: (zone: string) => `Time zone: ${zone}`,
    levels: (table: string) => `Performance levels: ${table}`,
  },
  outcome: { refused: 'The time zone and levels were not saved', saved, text: actOnAll('time zone and levels') },
} as const;

/** Every text of the section "Incidents". */
export const incidentWords = {
  intro: 'A merged pull request that repairs a deployment makes that deployment count as failed.',
  revert: 'Reverts',
  revertHint: 'Pull requests from a branch that begins with',
  revertBranch: 'revert-pr-',
  fields: { branchPrefixes: 'Branch prefixes of fixes', titlePrefixes: 'Title prefixes of fixes' },
  branchHint: 'One per line, 2 to 50 characters. Upper and lower case are the same.',
  titleHint: 'One per line, for teams that mark a fix in the title of its pull request.',
  save: 'Save',
  saveWhat: 'the rules of incidents',
  preview: 'Preview',
  previewWhat: 'of the rules of incidents',
  tooMany: (most: number, count: number) => `${most} prefixes are the most; these are ${count}.`,
  stored: {
    revert: (isOn: boolean) => `A merged revert is an incident: ${isOn ? 'yes' : 'no'}`,
    branchPrefixes: (prefixes: readonly string[]) => `Branch prefixes: ${orNone(prefixes)}`,
    titlePrefixes: (prefixes: readonly string[]) => `Title prefixes: ${orNone(prefixes)}`,
  },
  previewed: {
    title: 'Preview, last 90 days',
    sentence: (count: number, range: string, change: number) => {
      const much = `${formatCount(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'} than the saved rules`;
      const comparison = change === 0 ? 'as many as the saved rules' : much;
      return `With what is typed there are ${formatCounted(count, 'incident')} in ${range}: ${comparison}. Nothing is saved yet.`;
    },
    caption: 'Incidents by rule, with the saved rules and as typed',
    rule: 'Rule',
    saved: 'Saved',
    tried: 'As typed',
    reverts: 'Reverts',
    branch: (prefix: string) => `Branch begins with ${prefix}`,
    titled: (prefix: string) => `Title begins with ${prefix}`,
    incidents: 'Incidents',
    failureRate: 'Change failure rate',
    gained: 'Found only with what is typed',
    lost: 'No longer found',
    incident: (title: string, when: string) => `${title} (${when})`,
  },
  outcome: { refused: 'The rules of incidents were not saved', saved, text: actOnAll('rules of incidents') },
} as const;

const formatActivities = (count: number): string => formatCounted(count, 'review or comment', 'reviews and comments');

/** Every text of the section "People and bots". */
export const exclusionWords = {
  intro:
    'Pull requests, reviews and comments of people left out count nowhere, and nothing of a repository left out. Reviews and comments of bots do not count; their pull requests do.',
  people: (count: number) => `People: ${formatCounted(count, 'person', 'people')} left out`,
  peopleLegend: 'People left out',
  bots: 'Bots, by their names',
  botsHint: (patterns: readonly string[]) =>
    `One pattern per line, * for any text; upper and lower case are the same. By default: ${patterns.join('  ')}`,
  repositories: (count: number) => `Repositories: ${formatCounted(count, 'repository', 'repositories')} left out`,
  repositoriesLegend: 'Repositories left out',
  save: 'Save',
  saveWhat: 'who and what is left out',
  preview: 'Preview',
  previewWhat: 'of who and what is left out',
  problems: {
    person: 'One of these people is not known here.',
    repository: 'One of these repositories is no longer there.',
    bots: (most: number, count: number) => `${most} patterns are the most; these are ${count}.`,
  },
  stored: {
    people: (names: readonly string[]) => `People: ${orNone(names)}`,
    bots: (patterns: readonly string[]) => `Bots: ${orNone(patterns)}`,
    repositories: (names: readonly string[]) => `Repositories: ${orNone(names)}`,
  },
  counts: {
    stored: 'What the saved rules leave out of all history:',
    tried: 'What the saved rules leave out of all history, and what the typed ones would. Nothing is saved yet.',
    caption: 'What each rule leaves out',
    rule: 'Rule',
    saved: 'Saved',
    asTyped: 'As typed',
    noRule: 'no such rule',
    person: (name: string) => `Person: ${name}`,
    botsNamed: (pattern: string) => `Bots named ${pattern}`,
    botsByType: 'Accounts of apps and teams',
    repository: (name: string) => `Repository: ${name}`,
    ofPerson: (pullRequests: number, activities: number) =>
      `${formatCounted(pullRequests, 'pull request')}, ${formatActivities(activities)}`,
    ofRepository: (pullRequests: number, deployments: number) =>
      `${formatCounted(pullRequests, 'pull request')}, ${formatCounted(deployments, 'deployment')}`,
    nobody: 'nobody',
    accounts: (names: readonly string[], more: number, activities: number) =>
      `${names.join(', ')}${more === 0 ? '' : ` and ${more} more`}: ${formatActivities(activities)}`,
  },
  outcome: {
    refused: 'The rules of who is left out were not saved',
    saved,
    text: actOnAll('rules of who is left out'),
  },
} as const;
