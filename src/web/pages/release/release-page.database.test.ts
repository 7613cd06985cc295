import {
  aCorrection,
  aHash,
  anActivity,
  anInstant,
  aPerson,
  aRepositoryUuid,
  aWorkspaceUuid,
  day,
  hour,
  webUuid,
} from '../../../../test/support/builders';
import { noProgress } from '../../../../test/support/facts/no-progress';
import { saveMerges } from '../../../../test/support/facts/saved-merges';
import { savePullRequest } from '../../../../test/support/facts/saved-pull-requests';
import { createFixedClock } from '../../../../test/support/fixed-clock';
import { openStoredPages, type StoredPages } from '../../../../test/support/pages/stored-pages';
import { createReporting } from '../../../reporting/reporting';
import { answerRelease } from './release-page';
import type { buildReleaseView } from './release-view';

type View = ReturnType<typeof buildReleaseView>;
const bo = aPerson({ uuid: '{44444444-4444-4444-8444-444444444444}', displayName: 'Bo' });
let pages: StoredPages;

/** 2 March 2026, 12:00 UTC, and hours after it. */
const at = (hours: number) => anInstant + hours * hour;
const commit = (number: number, hours: number) => ({ hash: aHash(number), authoredAt: at(hours) });

/**
 * Of Drums: #1 fails and #2 reverts it after four hours; #3 fails, and the hotfix #4 begins three hours later; all within
 * 48 hours. #5 is a week later, of unknown commits; #6 went to another branch; #7 is open. Of Web: #1.
 */
beforeAll(async () => {
  pages = await openStoredPages(anInstant + 20 * day);
  await saveMerges(pages.stores, aRepositoryUuid, [
    { number: 1, mergedAt: at(0), title: 'ACME-1: Count', commits: [commit(1, -30), commit(2, -10), commit(3, 1)] },
    {
      number: 2,
      mergedAt: at(4),
      title: 'Revert "ACME-1: Count"',
      sourceBranch: 'revert-pr-1',
      commits: [commit(4, 3)],
    },
    { number: 3, mergedAt: at(20), title: 'Count again', sourceBranch: 'ACME-2-count', commits: [commit(5, 10)] },
    { number: 4, mergedAt: at(30), title: 'Mend', sourceBranch: 'hotfix/mend', commits: [commit(6, 23)] },
    { number: 5, mergedAt: at(24 * 8), title: 'Later', isComplete: false },
  ]);
  await savePullRequest(pages.stores, aRepositoryUuid, {
    ...{ number: 6, openedAt: at(1), mergedAt: at(2), destination: 'develop' },
  });
  await saveMerges(pages.stores, webUuid, [{ number: 1, mergedAt: at(2), title: 'Elsewhere' }]);
  const activities = [
    anActivity({ key: 'request', kind: 'changes_request', actor: bo, at: at(-5) }),
    anActivity({ key: 'approval', kind: 'approval', actor: bo, at: at(-4) }),
    anActivity({ key: 'own', kind: 'approval', actor: aPerson(), at: at(-4) }),
  ];
  const ofFirst = activities.map((activity) => ({ number: 1, activity }));
  await pages.stores.pullRequests.saveActivities(aWorkspaceUuid, aRepositoryUuid, ofFirst);
});

afterAll(() => pages.close());

async function ask(number: number | string, repository = aRepositoryUuid) {
  const query = `repository=${encodeURIComponent(repository)}&release=${number}`;
  const { view, text } = await pages.ask({ answer: answerRelease, query });
  return { view: view as View, text };
}

const fact = ({ facts }: View, name: string) => facts.find((one) => one.name === name)?.text;

describe('a release', () => {
  it('says what it brought, each commit with its own lead time', async () => {
    const { view, text } = await ask(1);
    expect(view.title).toBe('ACME-1: Count');
    expect(view.about).toBe('#1 in Drums, merged on 2 Mar 2026, 12:00. Author: Ada Example.');
    expect(view.commits.count).toBe('3 commits');
    expect(view.commits.rows.map(({ leadTime }) => leadTime)).toEqual(['1 d 6 h', '10 h', '—']);
    expect(view.commits.rows[0]?.link).toEqual({
      href: `https://bitbucket.org/acme/drums/commits/${aHash(1)}`,
      text: aHash(1).slice(0, 7),
      isOutside: true,
    });
    // The median of 30 and 10 hours; the commit that is dated after the deployment is left out.
    expect(fact(view, 'Lead time')).toBe('20 h');
    expect(fact(view, 'Issues')).toBe('ACME-1');
    expect(fact(view, 'Approved by')).toBe('Bo');
    expect(text).toContain('Median of 2 commits.');
  });

  it('says what failed and how that ended, and is part of the event', async () => {
    const { view, text } = await ask(1);
    expect(text).toContain('Failed. Reverted after 4 h by Revert "ACME-1: Count" (#2) .');
    expect(view.stories.map(({ title, span }) => [title, span])).toEqual([
      ['Part of Reverts and fixes in Drums', '2 Mar 12:00 – 3 Mar 18:00 · 1 d 6 h'],
    ]);
    expect(view.stories[0]?.entries.map(({ link, isForemost }) => [link?.text, isForemost])).toEqual([
      ['ACME-1: Count', true],
      ['Revert "ACME-1: Count"', false],
      ['Count again', false],
      ['Mend', false],
    ]);
    const fix = await ask(4);
    expect(fix.text).toContain('Ended a failure of 7 h of Count again (#3) .');
    expect((await ask(5)).text).toContain('No failure of this deployment is known.');
  });

  it('leads to the ones before and after of its repository, to its time line and its day', async () => {
    const { view } = await ask(2);
    expect([view.previous?.text, view.next?.text]).toEqual(['Previous: ACME-1: Count', 'Next: Count again']);
    expect([(await ask(1)).view.previous, (await ask(5)).view.next]).toEqual([null, null]);
    expect(view.timeLine.href).toContain('/pages/pull-request?repository=');
    expect(view.trail[1]?.text).toBe('Monday 2 March 2026');
  });

  it('of unknown commits says so, and why', async () => {
    const { view, text } = await ask(5);
    expect(text).toContain('The commits could not be read as they were merged, so the lead time is not known.');
    expect(fact(view, 'Lead time')).toBe('—');
  });

  it('that a correction leaves out is told as it came', async () => {
    const subject = `${aRepositoryUuid}/pullrequests/3`;
    await pages.stores.corrections.add(aWorkspaceUuid, aCorrection({ kind: 'leave_out_deployment', subject }));
    const { view, text } = await ask(3);
    expect(text).toContain('Left out by Ada Example on 2 Mar 2026. Undo');
    expect(view.marks.at(-1)?.word).toBe('Left out');
    expect([view.previous?.text, view.next?.text]).toEqual(['Previous: Revert "ACME-1: Count"', 'Next: Mend']);
  });
});

describe('what is no release', () => {
  it.each([[6, '#6 is no deployment', 'This pull request was merged into develop.']])(
    '#%s says what it is, with the way to its time line',
    async (number, title, text) => {
      const asked = await ask(number);
      expect(asked.text).toContain(title);
      expect(asked.text).toContain(text);
      expect(asked.text).toContain('Show the time line of #6');
    },
  );

  it('and is not there, or is of another repository, is not found', async () => {
    for (const number of [99, 0, -1, 'x', '1e3', '12345678901', '']) {
      await expect(ask(number)).rejects.toThrow('not-found');
    }
    await expect(ask(1, '{99999999-9999-4999-8999-999999999999}')).rejects.toThrow('not-found');
  });

  it('to those who may not see its repository is nothing, nor are its words anywhere', async () => {
    const needs = {
      clock: createFixedClock(anInstant + 20 * day),
      bitbucketUrl: 'https://bitbucket.org',
      loadProgress: async () => noProgress,
    };
    const snapshot = await createReporting(pages.stores, needs).open(aWorkspaceUuid, [webUuid]);
    expect(await snapshot.readRelease(aRepositoryUuid, 1, { isRaw: false })).toBeNull();
    const ids = [`${aRepositoryUuid}/pullrequests/1`, `${webUuid}/pullrequests/1`];
    expect([...(await snapshot.readReleases(ids, { isRaw: true })).keys()]).toEqual([ids[1]]);
    const filter = {
      from: '2026-03-01',
      to: '2026-03-20',
      interval: 'day',
      systems: [],
      teams: [],
      isRaw: false,
    } as const;
    expect(snapshot.listFailures(filter)).toEqual({ events: [], incidents: [] });
    const { items } = await snapshot.listReleases(filter, { limit: 10, cursor: null });
    expect(items.map(({ title }) => title)).toEqual(['Elsewhere']);
    expect((await snapshot.readRelease(webUuid, 1, { isRaw: false }))?.previous).toBeNull();
  });
});
