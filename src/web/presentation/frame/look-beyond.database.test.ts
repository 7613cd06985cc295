import type { Stores } from '../../../store/stores';
import {
  aCorrection,
  aHash,
  anInstant,
  aRepositoryUuid,
  aWorkspaceUuid,
  webUuid,
} from '../../../../test/support/builders';
import { saveMerges } from '../../../../test/support/facts/saved-merges';
import { savePullRequest } from '../../../../test/support/facts/saved-pull-requests';
import { openStoredPages, type StoredPages } from '../../../../test/support/pages/stored-pages';
import type { EmptyView } from './empty-view';
import { answerRepository, answerWorkspace } from '../../pages/overview/overview-page';
import type { AnswerPage } from './page-dependencies';
import { answerReviews } from '../../pages/reviews/reviews-page';
import { answerDeployments, answerIncidents, answerPullRequests } from '../../pages/rows/rows-page';
import { answerWorkInProgress } from '../../pages/work-in-progress/work-in-progress-page';

const now = Date.parse('2026-11-22T12:00:00Z');
const drums = `repository=${encodeURIComponent(aRepositoryUuid)}`;
const web = `repository=${encodeURIComponent(webUuid)}`;

/** Every page of a range: what it is about, and the parameters that make it so. */
const pages: readonly (readonly [string, { answer: AnswerPage; own: string; many: string }])[] = [
  ['The overview', { answer: answerWorkspace, own: '', many: 'deployments' }],
  ['The overview of a repository', { answer: answerRepository, own: drums, many: 'deployments' }],
  ['Changes & reviews', { answer: answerReviews, own: '', many: 'merged pull requests' }],
  ['Changes & reviews of a repository', { answer: answerReviews, own: drums, many: 'merged pull requests' }],
  ['The list of merged pull requests', { answer: answerPullRequests, own: '', many: 'merged pull requests' }],
  ['That of a repository', { answer: answerPullRequests, own: drums, many: 'merged pull requests' }],
  ['The list of deployments', { answer: answerDeployments, own: '', many: 'deployments' }],
  ['That of deployments of a repository', { answer: answerDeployments, own: drums, many: 'deployments' }],
  ['The list of failed deployments', { answer: answerDeployments, own: 'outcome=failed', many: 'failed deployments' }],
  ['The list of fixes', { answer: answerDeployments, own: 'outcome=fix', many: 'fixes' }],
  ['The list of incidents', { answer: answerIncidents, own: '', many: 'incidents' }],
  ['That of incidents of a repository', { answer: answerIncidents, own: drums, many: 'incidents' }],
];

/** In Drums a deployment with its failure and fix in January, others in July and on the first of November. */
async function saveYear(stores: Pick<Stores, 'pullRequests' | 'mergeRecords'>): Promise<void> {
  const at = (date: string) => Date.parse(`${date}T23:30:00Z`);
  const commits = [{ hash: aHash(1), authoredAt: at('2026-01-11') }];
  await saveMerges(stores, aRepositoryUuid, [
    { number: 1, mergedAt: at('2026-01-10') },
    { number: 2, mergedAt: at('2026-01-11') + 1, sourceBranch: 'hotfix/one', commits },
    { number: 3, mergedAt: at('2026-07-01') },
    { number: 4, mergedAt: at('2026-07-02'), sourceBranch: 'revert-pr-3' },
  ]);
}

async function open(save: (stores: Stores) => Promise<void>): Promise<StoredPages> {
  const stored = await openStoredPages(now);
  await stored.stores.workspaces.update(aWorkspaceUuid, { importedSince: Date.parse('2025-11-22T12:00:00Z') });
  await save(stored.stores);
  return stored;
}

let busy: StoredPages;
let corrected: StoredPages;
let empty: StoredPages;

beforeAll(async () => {
  busy = await open(saveYear);
  empty = await open(() => Promise.resolve());
  corrected = await open(async (stores) => {
    await saveYear(stores);
    for (const number of [1, 2]) {
      const subject = `${aRepositoryUuid}/pullrequests/${number}`;
      await stores.corrections.add(aWorkspaceUuid, aCorrection({ subject }));
    }
  });
});

afterAll(() => Promise.all([busy, corrected, empty].map((stored) => stored.close())));

type Asking = readonly [stored: StoredPages, answer: AnswerPage];

async function ask([stored, answer]: Asking, query: string): Promise<EmptyView | null> {
  const { text, view } = await stored.ask({ answer, query });
  const { empty: found } = view as { readonly empty: EmptyView | null };
  if (found !== null) expect(text).toContain(`${found.title} ${found.text} ${textsOf(found).join(' ')}`);
  return found;
}

const textsOf = ({ steps }: EmptyView) => steps.map(({ text }) => text);

/** What is said in place of the numbers. */
async function askEmpty(asking: Asking, query: string): Promise<EmptyView> {
  const found = await ask(asking, query);
  if (found === null) throw new Error(`Something is shown at ${query}.`);
  return found;
}

/** The ways on lead to pages that show something. */
async function expectWaysOn(asking: Asking, { steps }: EmptyView): Promise<void> {
  expect(steps).not.toHaveLength(0);
  for (const { href } of steps) {
    expect({ href, empty: await ask(asking, href.split('?')[1] ?? '') }).toEqual({ href, empty: null });
  }
}

describe.each(pages)('%s with nothing in its range', (_name, { answer, own, many }) => {
  const within = (from: string, to: string) => `${own}&from=${from}&to=${to}`;

  it('names the nearest before and after it, and leads to them', async () => {
    const shown = await askEmpty([busy, answer], within('2026-03-02', '2026-03-08'));
    expect(shown.title).toBe(`No ${many} in this range`);
    expect(shown.text).toContain('2 Mar – 8 Mar 2026');
    expect(shown.text).toMatch(
      /The last .+ before this range (was|began) on 1[01] Jan 2026, the first after it on [12] Jul 2026\.$/u,
    );
    expect(textsOf(shown)).toEqual([
      expect.stringMatching(/^Show the 90 days to 1[01] Jan 2026$/u),
      expect.stringMatching(/^Show the 90 days from [12] Jul 2026$/u),
    ]);
    await expectWaysOn([busy, answer], shown);
  });

  it('names the first where all came later, as in the first bucket of a chart', async () => {
    const shown = await askEmpty([busy, answer], within('2025-12-01', '2025-12-07'));
    expect(shown.title).toBe(`No ${many} in this range`);
    expect(shown.text).toMatch(/The first .+ (was|began) on 1[01] Jan 2026\.$/u);
    await expectWaysOn([busy, answer], shown);
    const day = await askEmpty([busy, answer], within('2025-12-01', '2025-12-01'));
    expect(day.text).toContain(' on 1 Dec 2025. The first');
  });

  it('names the latest where all came earlier', async () => {
    const shown = await askEmpty([busy, answer], within('2026-11-02', '2026-11-20'));
    expect(shown.title).toBe(`No ${many} in this range`);
    expect(shown.text).toMatch(/2 Nov – 20 Nov 2026\. The latest .+ (was|began) on [12] Jul 2026\.$/u);
    expect(shown.steps).toHaveLength(1);
    await expectWaysOn([busy, answer], shown);
  });

  it('says of days to come that they have not begun', async () => {
    const { text } = await askEmpty([busy, answer], within('2026-12-01', '2026-12-31'));
    expect(text).toMatch(/^This range has not begun yet\. The latest .+ (was|began) on [12] Jul 2026\.$/u);
  });

  it('says that it lies before the history, and leads to the first ones', async () => {
    const shown = await askEmpty([busy, answer], within('2025-01-01', '2025-11-21'));
    expect(shown.title).toBe('This range lies before the history');
    expect(shown.text).toContain('The history that was imported begins on 22 Nov 2025; this range ends before it.');
    expect(shown.text).toMatch(/The first .+ (was|began) on 1[01] Jan 2026\.$/u);
    await expectWaysOn([busy, answer], shown);
  });

  it('is looked beyond at both ends of all dates that can be asked for', async () => {
    const early = await askEmpty([busy, answer], within('1970-01-01', '1970-01-31'));
    expect(early.title).toBe('This range lies before the history');
    await expectWaysOn([busy, answer], early);
    const late = await askEmpty([busy, answer], within('2999-12-01', '2999-12-31'));
    expect(late.title).toBe(`No ${many} in this range`);
    await expectWaysOn([busy, answer], late);
  });

  it('says that none is known where there never was one', async () => {
    const shown = await askEmpty([empty, answer], within('2026-03-02', '2026-03-08'));
    expect(shown.title).toBe(`No ${many} are known yet`);
    expect(shown.text).toMatch(/since the history begins on 22 Nov 2025\.$/u);
    expect(textsOf(shown)).toEqual(['See which repositories are read']);
  });

  it('leads into the history where nothing is known and the range lies before it', async () => {
    const shown = await askEmpty([empty, answer], within('2025-01-01', '2025-06-30'));
    expect(shown.title).toBe('This range lies before the history');
    expect(textsOf(shown)).toEqual(['Show the 90 days from 22 Nov 2025']);
  });
});

const january = ({ own }: { readonly own: string }) => `${own}&from=2026-01-01&to=2026-01-31`;

/** What is left out stands in its list, crossed out: there it can be taken back. */
const listsLeftOut = ({ answer, many }: { readonly answer: AnswerPage; readonly many: string }) =>
  (answer === answerPullRequests && many === 'merged pull requests') ||
  (answer === answerDeployments && many === 'deployments');

describe.each(pages.filter(([, page]) => !listsLeftOut(page)))('%s of nothing but what is left out', (_name, page) => {
  it('says that corrections leave it out, and leads to the raw numbers', async () => {
    const { answer, many } = page;
    const shown = await askEmpty([corrected, answer], january(page));
    expect(shown.title).toBe(`Corrections leave no ${many} in this range`);
    expect(shown.text).toMatch(
      /^Without the corrections made by hand there (is|are) [12] .+ in 1 Jan – 31 Jan 2026\.$/u,
    );
    expect(textsOf(shown)).toEqual(['Show the raw numbers']);
    await expectWaysOn([corrected, answer], shown);
  });
});

it.each(pages.filter(([, page]) => listsLeftOut(page)))('%s shows what is left out as such', async (_name, page) => {
  const { text, view } = await corrected.ask({ answer: page.answer, query: january(page) });
  expect(view).toMatchObject({ empty: null });
  expect(text).toMatch(/ 0 (deployments|merged pull requests), .*2 left out/u);
});

describe.each(pages.filter(([, { own }]) => own !== drums))('%s under filters', (_name, { answer, own, many }) => {
  it('that leave everything out of the range counts it, and leads to all of it', async () => {
    const shown = await askEmpty([busy, answer], `${own}&from=2026-01-01&to=2026-01-31&system=web`);
    expect(shown.title).toBe(`No ${many} match these filters`);
    expect(shown.text).toMatch(
      /^There (is|are) [12] .+ in 1 Jan – 31 Jan 2026, but none of the chosen repositories\.$/u,
    );
    expect(textsOf(shown)).toEqual(['Show all repositories']);
    await expectWaysOn([busy, answer], shown);
  });

  it('that leave everything out at any time says so, and leads to the nearest of all', async () => {
    const shown = await askEmpty([busy, answer], `${own}&from=2026-11-02&to=2026-11-20&system=web`);
    expect(shown.title).toBe(`No ${many} match these filters`);
    expect(shown.text).toMatch(
      /^No .+ of the chosen repositories is known\. Without these filters, the latest .+ (was|began) on [12] Jul 2026\.$/u,
    );
    expect(textsOf(shown)).toEqual([expect.stringMatching(/^Show the 90 days to [12] Jul 2026 of all repositories$/u)]);
    await expectWaysOn([busy, answer], shown);
  });

  it('keeps them where they leave something at another time', async () => {
    const shown = await askEmpty([busy, answer], `${own}&from=2026-11-02&to=2026-11-20&system=drums`);
    expect(shown.title).toBe(`No ${many} in this range`);
    expect(shown.steps[0]?.href).toContain(`system=${encodeURIComponent(aRepositoryUuid)}`);
    await expectWaysOn([busy, answer], shown);
  });
});

describe('A range without anything', () => {
  it('in a repository where nothing happened says so of that repository, whatever happened in others', async () => {
    const shown = await askEmpty([busy, answerDeployments], `${web}&from=2026-01-01&to=2026-01-31`);
    expect(shown.text).toMatch(/None that counts has been merged in Web since the history begins on 22 Nov 2025\.$/u);
  });

  it('names the dates of the workspace’s zone', async () => {
    const settings = await busy.stores.settings.get(aWorkspaceUuid);
    await busy.stores.settings.save(aWorkspaceUuid, { ...settings, timezone: 'Asia/Kolkata' });
    const shown = await askEmpty([busy, answerPullRequests], 'from=2026-11-02&to=2026-11-20');
    await busy.stores.settings.save(aWorkspaceUuid, settings);
    expect(shown.text).toContain('The latest merge was on 3 Jul 2026.');
  });

  it('has one way on where the last days hold the nearest on both sides', async () => {
    const stored = await open((stores) =>
      saveMerges(stores, aRepositoryUuid, [
        { number: 1, mergedAt: Date.parse('2026-11-10T12:00Z') },
        { number: 2, mergedAt: Date.parse('2026-11-20T12:00Z') },
      ]),
    );
    const shown = await askEmpty([stored, answerWorkspace], 'from=2026-11-12&to=2026-11-13');
    expect(textsOf(shown)).toEqual(['Show the last 90 days']);
    await expectWaysOn([stored, answerWorkspace], shown);
    await stored.close();
  });

  it('of a repository that a rule leaves out says so', async () => {
    const stored = await open(async (stores) => {
      await saveYear(stores);
      const settings = await stores.settings.get(aWorkspaceUuid);
      const exclusions = { ...settings.exclusions, repositories: [aRepositoryUuid] };
      await stores.settings.save(aWorkspaceUuid, { ...settings, exclusions });
    });
    for (const [, { answer }] of pages.filter(([, { own }]) => own === drums)) {
      const shown = await askEmpty([stored, answer], `${drums}&from=2026-01-01&to=2026-01-31`);
      expect(shown.text).toBe('A rule in the settings leaves Drums out, so none of its pull requests count.');
    }
    await stored.close();
  });

  it('is not what a list says whose later page has gone', async () => {
    const cursor = Buffer.from(JSON.stringify([0, 'x'])).toString('base64url');
    expect(await ask([busy, answerDeployments], `from=2026-01-01&to=2026-12-31&cursor=${cursor}`)).toBeNull();
  });
});

describe.each([
  ['Work in progress', answerWorkInProgress, ''],
  ['The list of open pull requests', answerPullRequests, 'state=open'],
])('%s with nothing open', (_name, answer, own) => {
  it('leads to what was merged, whatever the range', async () => {
    for (const range of ['from=2025-01-01&to=2025-01-31', 'from=2026-03-02&to=2026-03-08', 'range=7']) {
      const shown = await askEmpty([busy, answer], `${own}&${range}`);
      expect(shown.title).toBe('No open pull requests');
      expect(shown.text).toBe('Every pull request is merged or declined.');
      expect(textsOf(shown)).toEqual(['Show what was merged']);
      await expectWaysOn([busy, answerReviews], shown);
    }
  });

  it('says that nothing was merged either', async () => {
    const shown = await askEmpty([empty, answer], own);
    expect(shown.text).toBe(
      'No pull request is open now, and none that counts has been merged since the history begins on 22 Nov 2025.',
    );
  });

  it('counts what the filters, or corrections, leave out', async () => {
    const stored = await open((stores) => savePullRequest(stores, aRepositoryUuid, { number: 1, openedAt: anInstant }));
    const filtered = await askEmpty([stored, answer], `${own}&system=web`);
    expect(filtered.text).toBe('There is 1 open pull request now, but none of the chosen repositories.');
    await expectWaysOn([stored, answer], filtered);
    await stored.stores.corrections.add(aWorkspaceUuid, aCorrection());
    const left = await askEmpty([stored, answer], own);
    expect(left.title).toBe('Corrections leave no open pull requests');
    await expectWaysOn([stored, answer], left);
    await stored.close();
  });
});
