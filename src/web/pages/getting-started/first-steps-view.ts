import type { FirstSteps } from '../../../reporting/settings/first-steps';
import type { LinkView } from '../../presentation/format/links';
import { formatCount, formatCounted } from '../../presentation/format/numbers';

export interface FirstStepsMaterial {
  readonly steps: FirstSteps;
  /** Pull requests of the history import; `total` is 0 while nobody knows how many there are. */
  readonly pullRequests: { readonly done: number; readonly total: number };
  readonly links: {
    readonly overview: LinkView;
    /** Bitbucket's page of the workspace's settings, where ours has its place. */
    readonly settings: LinkView;
    /** Bitbucket's list of the workspace's repositories. */
    readonly repositories: LinkView;
  };
}

/** The five steps with what each means and where it is done. */
export function buildFirstStepsView({ steps, pullRequests, links }: FirstStepsMaterial) {
  const done = countDone(steps);
  return {
    title: 'Getting started',
    lead:
      done === order.length
        ? 'All five steps are done: the numbers can be relied on.'
        : `${formatCount(done)} of ${formatCount(order.length)} steps are done. Each ticks itself off as soon as it is.`,
    steps: order.map(({ key, title, text, place }) => ({
      title,
      text,
      isDone: steps[key],
      word: steps[key] ? 'Done' : 'To do',
      tone: steps[key] ? 'success' : 'neutral',
      progress: key === 'isImported' && !steps.isImported ? buildProgress(pullRequests) : null,
      link: { ...links[place.to], text: place.text },
    })),
    overview: links.overview,
  };
}

interface Step {
  readonly key: keyof FirstSteps;
  readonly title: string;
  readonly text: string;
  readonly place: { readonly to: keyof FirstStepsMaterial['links']; readonly text: string };
}

const order: readonly Step[] = [
  {
    key: 'isConnected',
    title: 'Connect the workspace',
    text: 'An administrator of the workspace installs Drumbeat; it only reads, and changes nothing in Bitbucket.',
    place: { to: 'settings', text: 'Open the workspace settings in Bitbucket' },
  },
  {
    key: 'isImported',
    title: 'Import the history',
    text: 'Drumbeat reads the pull requests that are already there, newest first, so that the first numbers reach back.',
    place: { to: 'settings', text: 'Watch the import in the workspace settings' },
  },
  {
    key: 'hasLiveNotice',
    title: 'Receive the first live notice',
    text: 'Bitbucket tells Drumbeat of every change; the first one comes when somebody opens, reviews or merges a pull request.',
    place: { to: 'repositories', text: 'Open a repository in Bitbucket' },
  },
  {
    key: 'hasTeams',
    title: 'Know the teams',
    text: 'Groups of the workspace with two members or more are teams; others are made by hand in the settings.',
    place: { to: 'settings', text: 'See the teams in the workspace settings' },
  },
  {
    key: 'hasSavedSettings',
    title: 'Look through the settings',
    text: 'Time zone, rules of incidents and who is left out decide what every number means: look once and save.',
    place: { to: 'settings', text: 'Open the workspace settings' },
  },
];

function countDone(steps: FirstSteps): number {
  return order.filter(({ key }) => steps[key]).length;
}

function buildProgress({ done, total }: FirstStepsMaterial['pullRequests']) {
  return total === 0 ? null : { done, total, text: `${formatCount(done)} of ${formatCounted(total, 'pull request')}` };
}
