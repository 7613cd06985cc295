import { formatCount } from '../../presentation/format/numbers';
import type { SectionName, sectionGroups } from './sections';

/** What the settings page says around its sections; each section has its own words beside its view. */
export const pageWords = {
  title: 'Drumbeat settings',
  lead: (workspace: string) => `For administrators of the workspace ${workspace}`,
  nav: 'Settings sections',
  noSection: 'The settings have no such section.',
  problemsOfImport: (count: number) => `${formatCount(count)} problems with the import`,
  goTo: (section: SectionName) => `Go to ${sectionWords[section]}`,
  unknownAdministrator: {
    title: 'Drumbeat does not know who administers this workspace',
    text: 'Bitbucket did not tell. It shows this page to administrators alone, so whoever sees it may change these settings.',
  },
  disconnected: {
    title: 'Drumbeat is not connected',
    text: 'Bitbucket does not let Drumbeat read this workspace any more. An owner of the workspace installs it again; what was imported is kept.',
  },
} as const;

export const groupWords: Readonly<Record<(typeof sectionGroups)[number]['group'], string>> = {
  numbers: 'Numbers',
  content: 'Content',
  access: 'Access',
  reading: 'Import and work',
};

/** What each section is called, in the list and as its heading. */
export const sectionWords: Readonly<Record<SectionName, string>> = {
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
};
