import type { FirstSteps } from '../../../reporting/settings/first-steps';
import { buildFirstStepsView, type FirstStepsMaterial } from './first-steps-view';

const none: FirstSteps = {
  isConnected: false,
  isImported: false,
  hasLiveNotice: false,
  hasTeams: false,
  hasSavedSettings: false,
};
const all: FirstSteps = {
  isConnected: true,
  isImported: true,
  hasLiveNotice: true,
  hasTeams: true,
  hasSavedSettings: true,
};
const links: FirstStepsMaterial['links'] = {
  overview: { href: '/pages/workspace', text: 'Back to the overview' },
  toSettings: (section) => ({ href: `/pages/settings?section=${section}`, text: '', isOutside: true }),
  repositories: { href: 'https://bitbucket.org/acme/workspace/repositories', text: '', isOutside: true },
};

describe('The first steps', () => {
  it('tick themselves off one by one, each with a sentence and a way to it', () => {
    for (const key of Object.keys(none) as (keyof FirstSteps)[]) {
      const view = buildFirstStepsView({
        steps: { ...none, [key]: true },
        pullRequests: { done: 0, total: 0 },
        links,
      });
      expect(view.steps).toHaveLength(5);
      expect(view.steps.filter(({ isDone }) => isDone)).toHaveLength(1);
      expect(view.steps.filter(({ word }) => word === 'Done')).toHaveLength(1);
      expect(view.lead).toMatch(/^1 of 5 steps are done\./u);
      expect(view.steps.every(({ text, link }) => text.endsWith('.') && link.text.length > 0 && link.isOutside)).toBe(
        true,
      );
    }
  });

  it('lead each to the section of the settings where it is done', () => {
    const { steps } = buildFirstStepsView({ steps: none, pullRequests: { done: 0, total: 0 }, links });
    expect(steps.map(({ link }) => link.href.replace('/pages/settings?section=', ''))).toEqual([
      ...['connection', 'import', 'https://bitbucket.org/acme/workspace/repositories', 'teams', 'time-zone'],
    ]);
  });

  it('show how far the import is until it is done', () => {
    const pullRequests = { done: 40, total: 1200 };
    const [, importing] = buildFirstStepsView({ steps: none, pullRequests, links }).steps;
    expect(importing?.progress).toEqual({ done: 40, total: 1200, text: '40 of 1,200 pull requests' });
    const [, done] = buildFirstStepsView({ steps: all, pullRequests, links }).steps;
    expect(done?.progress).toBeNull();
  });
});
