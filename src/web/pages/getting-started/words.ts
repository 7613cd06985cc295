import { formatCount, formatCounted } from '../../presentation/format/numbers';

/** Every text of the page "Getting started". */
export const firstStepsWords = {
  title: 'Getting started',
  allDone: 'All five steps are done: the numbers can be relied on.',
  lead: (done: number, all: number) =>
    `${formatCount(done)} of ${formatCount(all)} steps are done. Each is ticked off as soon as it is done.`,
  done: 'Done',
  toDo: 'To do',
  where: 'Breadcrumbs',
  back: 'Back to the overview',
  progress: 'Pull requests imported',
  pullRequests: (done: number, total: number) => `${formatCount(done)} of ${formatCounted(total, 'pull request')}`,
  steps: {
    isConnected: {
      title: 'Connect the workspace',
      text: 'An administrator of the workspace installs Drumbeat; it only reads, and changes nothing in Bitbucket.',
      link: 'See the connection in the settings',
    },
    isImported: {
      title: 'Import the history',
      text: 'Drumbeat reads the pull requests that are already there, newest first, so that the first numbers reach back.',
      link: 'Watch the import in the settings',
    },
    hasLiveNotice: {
      title: 'Receive the first live update',
      text: 'Bitbucket tells Drumbeat of every change; the first one comes when somebody opens, reviews or merges a pull request.',
      link: 'Open a repository in Bitbucket',
    },
    hasTeams: {
      title: 'Check the teams',
      text: 'Groups of the workspace with two members or more are teams; others are made by hand in the settings.',
      link: 'See the teams in the settings',
    },
    hasSavedSettings: {
      title: 'Look through the settings',
      text: 'Time zone, rules of incidents and who is left out decide what every number means: look once and save.',
      link: 'Open the time zone and levels in the settings',
    },
  },
} as const;
