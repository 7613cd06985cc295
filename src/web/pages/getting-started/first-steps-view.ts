import type { FirstSteps } from '../../../reporting/settings/first-steps';
import type { LinkView } from '../../presentation/format/links';
import type { SectionName } from '../settings/sections';
import { firstStepsWords as words } from './words';

export interface FirstStepsMaterial {
  readonly steps: FirstSteps;
  /** Pull requests of the history import; `total` is 0 while nobody knows how many there are. */
  readonly pullRequests: { readonly done: number; readonly total: number };
  readonly links: {
    readonly overview: LinkView;
    /** A section of the settings, or Bitbucket's page of the workspace's settings, where ours have their place. */
    readonly toSettings: (section: SectionName) => LinkView;
    /** Bitbucket's list of the workspace's repositories. */
    readonly repositories: LinkView;
  };
}

/** The five steps with what each means and where it is done. */
export function buildFirstStepsView({ steps, pullRequests, links }: FirstStepsMaterial) {
  const done = order.filter(({ key }) => steps[key]).length;
  return {
    title: words.title,
    words,
    lead: done === order.length ? words.allDone : words.lead(done, order.length),
    steps: order.map(({ key, section }) => ({
      title: words.steps[key].title,
      text: words.steps[key].text,
      isDone: steps[key],
      word: steps[key] ? words.done : words.toDo,
      tone: steps[key] ? 'success' : 'neutral',
      progress: key === 'isImported' && !steps.isImported ? buildProgress(pullRequests) : null,
      link: {
        ...(section === null ? links.repositories : links.toSettings(section)),
        text: words.steps[key].link,
      },
    })),
    overview: { ...links.overview, text: words.back },
  };
}

/** Each step, and the section of the settings where it is done; `null`: in a repository. */
const order: readonly { readonly key: keyof FirstSteps; readonly section: SectionName | null }[] = [
  { key: 'isConnected', section: 'connection' },
  { key: 'isImported', section: 'import' },
  { key: 'hasLiveNotice', section: null },
  { key: 'hasTeams', section: 'teams' },
  { key: 'hasSavedSettings', section: 'time-zone' },
];

function buildProgress({ done, total }: FirstStepsMaterial['pullRequests']) {
  return total === 0 ? null : { done, total, text: words.pullRequests(done, total) };
}
