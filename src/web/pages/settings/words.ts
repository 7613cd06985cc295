import { formatCount } from '../../presentation/format/numbers';

/** What the settings page says around its sections; each section has its own words beside its view. */
export const pageWords = {
  title: 'Drumbeat settings',
  lead: (workspace: string) => `For administrators of the workspace ${workspace}`,
  nav: 'Settings sections',
  noSection: 'The settings have no such section.',
  problemsOfImport: (count: number) => `${formatCount(count)} problems with the import`,
  goTo: (section: string) => `Go to ${section}`,
  unconfirmed: {
    title: 'Nothing was changed',
    text: 'Bitbucket could not be asked just now whether you still administer this workspace: press the button again in a minute.',
    kept: 'What you typed is kept.',
  },
  unknownAdministrator: {
    title: 'Drumbeat does not know who administers this workspace',
    text: 'Bitbucket did not tell. Bitbucket shows this page to administrators alone, so whoever sees the page may change these settings.',
  },
  disconnected: {
    title: 'Drumbeat is not connected',
    text: 'Bitbucket does not let Drumbeat read this workspace any more. An owner of the workspace installs Drumbeat again; what was imported is kept.',
  },
} as const;

/** The groups of sections. */
export const groupWords = {
  numbers: 'Numbers',
  content: 'Content',
  access: 'Access',
  reading: 'Import and work',
} as const;

/** What each section is called, in the list and as its heading. */
export const sectionWords = {
  'time-zone': 'Time zone and levels',
  deployments: 'Deployments',
  incidents: 'Incidents',
  people: 'People and bots',
  teams: 'Teams',
  notes: 'Notes',
  corrections: 'Corrections',
  tokens: 'API tokens',
  links: 'Sign-in links',
  viewers: 'Who may see',
  connection: 'Connection',
  import: 'Import',
  work: 'Work',
} as const;
