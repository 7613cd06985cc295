import {
  anActivity,
  anInstant,
  aRepositoryUuid,
  aWorkspaceUuid,
  day,
  hour,
  webUuid,
} from '../../../../test/support/builders';
import { readCsv } from '../../../../test/support/facts/read-csv';
import { saveMerges, saveUndatedMerges, type UndatedToSave } from '../../../../test/support/facts/saved-merges';
import { openStoredPages, type StoredPages } from '../../../../test/support/pages/stored-pages';
import type { AnswerPage } from './page-dependencies';
import { answerPullRequestPanel } from '../../pages/panels/pull-request-panel-page';
import { answerPullRequest } from '../../pages/pull-request/pull-request-page';
import type { buildPullRequestView } from '../../pages/pull-request/pull-request-view';
import { answerReviews } from '../../pages/reviews/reviews-page';
import { answerPullRequests, type RowsView } from '../../pages/rows/rows-page';
import { answerWorkInProgress } from '../../pages/work-in-progress/work-in-progress-page';
import { answerRepository, answerWorkspace } from '../../pages/overview/overview-page';
import type { buildUndated } from './undated-view';

type UndatedView = NonNullable<ReturnType<typeof buildUndated>>;

const drums = `repository=${encodeURIComponent(aRepositoryUuid)}`;
const pages: readonly (readonly [string, AnswerPage, string])[] = [
  ['Delivery performance', answerWorkspace, ''],
  ['Delivery performance of a repository', answerRepository, drums],
  ['Changes & Reviews', answerReviews, ''],
  ['Changes & Reviews of a repository', answerReviews, drums],
];
const sentence =
  '2 merged pull requests have no date: Bitbucket does not tell when they were merged, so they count nowhere.';

const two: readonly UndatedToSave[] = [
  { number: 1, author: null },
  { number: 2, openedAt: anInstant + day, title: 'Say "when" <b>' },
];
const sixty: readonly UndatedToSave[] = Array.from({ length: 60 }, (_, index) => ({ number: 100 + index }));

async function open(undated: Partial<Record<'drums' | 'web', readonly UndatedToSave[]>>): Promise<StoredPages> {
  const stored = await openStoredPages(anInstant + 5 * day);
  await saveMerges(stored.stores, aRepositoryUuid, [{ number: 9, mergedAt: anInstant }]);
  await saveUndatedMerges(stored.stores, aRepositoryUuid, undated.drums ?? []);
  await saveUndatedMerges(stored.stores, webUuid, undated.web ?? []);
  return stored;
}

/** Workspaces by what they hold. */
let storedBy: Readonly<Record<'none' | 'some' | 'many' | 'elsewhere', StoredPages>>;

beforeAll(async () => {
  const [none, some, many, elsewhere] = await Promise.all([
    open({}),
    open({ drums: two }),
    open({ drums: sixty }),
    open({ web: [{ number: 1 }] }),
  ]);
  storedBy = { none, some, many, elsewhere };
  const activities = [{ number: 2, activity: anActivity({ at: anInstant + day + hour }) }];
  await some.stores.pullRequests.saveActivities(aWorkspaceUuid, aRepositoryUuid, activities);
});

afterAll(() => Promise.all(Object.values(storedBy).map((stored) => stored.close())));

async function askUndated(stored: StoredPages, answer: AnswerPage, query: string): Promise<UndatedView> {
  const { undated } = await ask(stored, answer, query);
  if (undated === null) throw new Error('No merge without a date is named.');
  return undated;
}

async function ask(stored: StoredPages, answer: AnswerPage, query: string) {
  const { text, view } = await stored.ask({ answer, query });
  return { text, undated: (view as { readonly undated?: UndatedView | null }).undated ?? null };
}

async function askRows(stored: StoredPages, query: string) {
  const { text, view } = await stored.ask({ answer: answerPullRequests, query });
  return { text, view: view as RowsView };
}

describe.each(pages)('%s', (_name, answer, query) => {
  it('says how many merges have no date, and names each with its two ways on', async () => {
    const { text, merges, more } = await askUndated(storedBy.some, answer, query);
    expect(text).toBe(sentence);
    expect(merges.map(({ name, title }) => `${name.text} ${title}`)).toEqual([
      'Drums #2 Say "when" <b>',
      'Drums #1 Count the drums',
    ]);
    expect(merges[0]?.name.href).toContain(`/pages/pull-request?${drums}&number=2&`);
    expect(merges[0]?.bitbucket).toEqual({
      ...{ href: 'https://bitbucket.org/acme/drums/pull-requests/2', text: 'Open #2', isOutside: true },
    });
    expect(more).toBeNull();
  });

  it('says so too where there is nothing else', async () => {
    const { text } = await ask(storedBy.some, answer, `${query}&from=2026-02-01&to=2026-02-28`);
    expect(text).toContain(sentence);
    expect(text).toContain('in this range');
  });

  it('names ten of many, and leads to all', async () => {
    const { merges, more } = await askUndated(storedBy.many, answer, query);
    expect(merges).toHaveLength(10);
    expect(more?.text).toBe('Show all 60');
    const { search } = new URL(more?.href ?? '', 'https://drumbeat.example');
    const { view } = await askRows(storedBy.many, search);
    expect(view.table.entries).toHaveLength(50);
    expect(view.pages.older?.text).toBe('Next page');
  });

  it('is silent where every merge has a date, whatever other repositories have', async () => {
    expect((await ask(storedBy.none, answer, query)).text).not.toContain('no date');
    const { text } = await ask(storedBy.elsewhere, answer, query);
    const one = '1 merged pull request has no date: Bitbucket does not tell when it was merged, so it counts nowhere.';
    expect(text.includes(one)).toBe(query === '');
  });
});

describe('The list of merges without a date', () => {
  it('has a row for each, whatever the range, and is a part of the pull requests', async () => {
    const { text, view } = await askRows(storedBy.some, 'state=undated&from=2020-01-01&to=2020-01-31');
    expect(view.table.entries.map(({ cells }) => [cells[1]?.titled?.text, cells[2]?.who?.name])).toEqual([
      ['Say "when" <b>', 'Ada Example'],
      ['Count the drums', undefined],
    ]);
    expect(text).toContain('Merged Open now Without a date');
    expect(view.filter.hasRange).toBe(false);
  });

  it('is offered only where there is one', async () => {
    const partsOf = async (stored: StoredPages) => (await askRows(stored, '')).view.parts.map(({ text }) => text);
    expect(await partsOf(storedBy.none)).toEqual(['Merged', 'Open now']);
    expect(await partsOf(storedBy.some)).toEqual(['Merged', 'Open now', 'Without a date']);
  });

  it('says that there is none, or that the filters leave them out', async () => {
    expect((await askRows(storedBy.none, 'state=undated')).text).toContain('Every merge has a date');
    const { text } = await askRows(storedBy.some, 'state=undated&system=web');
    expect(text).toContain('There are 2 merged pull requests without a date now, but none of the chosen repositories.');
  });

  it('comes as a file', async () => {
    const query = 'state=undated&format=csv';
    const { fileName, text } = await storedBy.some.askCsv({ answer: answerPullRequests, query });
    expect(fileName).toBe('merges-without-a-date.csv');
    expect(readCsv(text)).toEqual([
      expect.objectContaining({ id: '2', system_slug: 'drums', opened_at: '2026-03-03T12:00:00.000Z' }),
      expect.objectContaining({ id: '1', author_uuid: '', url: 'https://bitbucket.org/acme/drums/pull-requests/1' }),
    ]);
  });
});

describe('A pull request that was merged nobody knows when', () => {
  const said = 'Merged. Bitbucket does not tell when, so this pull request counts in no number.';

  it('has its page, which says so and waits for nothing', async () => {
    const { text, view } = await storedBy.some.ask({ answer: answerPullRequest, query: `${drums}&number=2` });
    expect(text).toContain(said);
    expect(text).not.toContain('Present');
    expect(text).not.toContain('Merged, waiting');
    expect((view as ReturnType<typeof buildPullRequestView>).marks).toEqual([{ word: 'Merged', tone: 'success' }]);
  });

  it('has its panel', async () => {
    const query = `${drums}&pull_request=2`;
    expect((await storedBy.some.ask({ answer: answerPullRequestPanel, query })).text).toContain(said);
  });

  it('is not in Work in Progress', async () => {
    const { text } = await storedBy.some.ask({ answer: answerWorkInProgress, query: '' });
    expect(text).toContain('No open pull requests');
    expect(text).not.toContain('no date');
  });
});
