import { askPage, buildPagesDependencies } from '../../../../test/support/pages/ask-page';
import { readPage } from '../../../../test/support/pages/read-page';
import { buildPageContext, buildRepositoryContext, sampleSystem } from '../../../../test/support/pages/sample-overview';
import { sampleCorrections, sampleNote } from '../../../../test/support/pages/sample-rooms';
import { buildAccelerateReport } from '../../../../test/support/pages/sample-report';
import { parseDeliveryFilter, type Query } from '../../../reporting/filter/delivery-filter';
import { createLinks } from '../../routing/paths';
import { answerWorkspace } from '../../pages/overview/overview-page';
import type { buildOverviewView } from '../../pages/overview/overview-view';
import { answerReviews } from '../../pages/reviews/reviews-page';
import { answerWorkInProgress } from '../../pages/work-in-progress/work-in-progress-page';
import { buildNotesView, buildNumbered, pickNotes } from './notes-view';
import { buildTabs } from './tabs-view';

const links = createLinks('https://drumbeat.example', '1');

describe('the tabs', () => {
  it('lead to every page with the filters, and mark the one that is open', async () => {
    const { filter } = buildPageContext();
    const pageContext = buildPageContext({
      page: { filter: { ...filter, teams: ['core'], isRaw: true }, range: 30, sort: '-rework' },
      place: { name: 'reviews', path: '/pages/reviews', own: { repository: null } },
    });
    const { tabs } = buildTabs(pageContext, links);
    expect(tabs.map(({ text }) => text)).toEqual([
      'Delivery performance',
      'Changes & reviews',
      'Work in progress',
      'Pull requests',
      'Deployments',
      'Incidents',
    ]);
    expect(tabs.filter(({ isCurrent }) => isCurrent).map(({ text }) => text)).toEqual(['Changes & reviews']);
    expect(tabs.map(({ href }) => href.split('?')[1])).toEqual(
      tabs.map(() => 'range=30&interval=week&team=core&data=raw'),
    );
  });

  it('stay within a repository and lead back to the workspace only for those who may see it', () => {
    const own = buildTabs(buildRepositoryContext(), links);
    expect(own.tabs[1]?.href).toContain(`repository=${encodeURIComponent(sampleSystem.uuid)}`);
    expect(own.up?.href).toBe('/pages/workspace?range=90&interval=week');
    expect(buildTabs(buildRepositoryContext({ canLeaveRepository: false }), links).up).toBeNull();
  });

  it('name the first steps while one of them is left', () => {
    expect(buildTabs(buildPageContext({ hasFirstSteps: true }), links).end).toMatchObject([
      { text: 'Getting started' },
    ]);
    expect(buildTabs(buildPageContext(), links).end).toEqual([]);
  });
});

describe('notes', () => {
  const range = { from: '2026-01-01', to: '2026-12-31' };
  const many = Array.from({ length: 120 }, (_, index) => ({
    ...sampleNote,
    id: String(index),
    text: `note ${index}`,
    date: new Date(Date.parse('2026-01-01') + index * 86_400_000).toISOString().slice(0, 10),
  }));

  const toDayHref = (day: string) => `/pages/day?day=${day}`;

  it('are numbered in the order of their dates', () => {
    const notes = [{ ...sampleNote, date: '2026-03-01' }, sampleNote, { ...sampleNote, date: '2025-12-31' }];
    expect(buildNumbered(pickNotes(notes, range))).toEqual([
      { date: '2026-03-01', number: 1 },
      { date: '2026-10-07', number: 2 },
    ]);
  });

  it('are the newest hundred where there are more, and it is said', () => {
    const view = buildNotesView(many, range, toDayHref);
    expect(view?.notes).toHaveLength(100);
    expect(view?.notes[0]?.text).toBe('note 20');
    expect(view?.notes[0]?.day).toEqual({ href: '/pages/day?day=2026-01-21', text: '21 Jan 2026' });
    expect(view?.more).toBe('The newest 100 of 120 notes are shown. A shorter range shows the others.');
  });

  it('say who wrote them and who changed them', () => {
    const editedBy = { uuid: '{b}', displayName: 'Bo' };
    expect(buildNotesView([{ ...sampleNote, editedBy, editedAt: 0 }], range, toDayHref)?.notes[0]?.by).toBe(
      'by Ada, changed by Bo',
    );
    expect(buildNotesView([{ ...sampleNote, madeBy: null }], range, toDayHref)?.notes[0]?.by).toContain(
      'Bitbucket did not name',
    );
  });

  it('are not there where there is none', () => {
    expect(buildNotesView([], range, toDayHref)).toBeNull();
  });
});

describe('raw and corrected numbers', () => {
  async function read(query: string, corrections = sampleCorrections) {
    const dependencies = buildPagesDependencies({ corrections });
    const answered = await askPage(answerWorkspace, query, dependencies);
    const view = (answered.kind === 'page' ? answered.view : {}) as ReturnType<typeof buildOverviewView>;
    return { view, page: await readPage('overview', view), address: answered.kind === 'page' ? answered.address : '' };
  }

  it('are a choice only while a correction is in force', async () => {
    expect((await read('')).page).toContain('Corrected Raw');
    expect((await read('', [])).page).not.toContain('Corrected');
    expect(
      (
        await read(
          '',
          sampleCorrections.map((one) => ({ ...one, undoneAt: 1 })),
        )
      ).page,
    ).not.toContain('Corrected');
  });

  it('are marked and kept by every link while they are raw', async () => {
    const { view, page, address } = await read('data=raw');
    expect(page).toContain('Delivery performance Raw');
    expect(address).toContain('data=raw');
    const hrefs = [...view.tabs.tabs.map(({ href }) => href), ...view.metrics.map(({ rows }) => rows.href)];
    expect(hrefs.filter((href) => !href.includes('data=raw'))).toEqual([]);
  });

  it('are what the pressed button says, although the form keeps the present choice', async () => {
    expect((await read('data=raw&data=corrected')).view.filter.data.isRaw).toBe(false);
  });
});

describe('a range of more parts than a page shows', () => {
  const choices = { today: '2026-11-22', systems: [], teams: [], repositoryUuid: null };
  const parseFilter = (query: Query) => parseDeliveryFilter(query, choices);

  /** In which intervals the numbers were asked for, and the view. */
  async function read(query: string) {
    const intervals: string[] = [];
    const computeAccelerate = ({ interval }: { readonly interval: string }) => {
      intervals.push(interval);
      return buildAccelerateReport();
    };
    const answered = await askPage(answerWorkspace, query, buildPagesDependencies({ computeAccelerate, parseFilter }));
    const view = (answered.kind === 'page' ? answered.view : {}) as ReturnType<typeof buildOverviewView>;
    return { answered, view, intervals };
  }

  it('is shown by the next longer interval that gives few enough, as is said beside a file of all', async () => {
    const { view, intervals } = await read('from=2016-11-23&to=2026-11-22&interval=day');
    expect(intervals).toEqual(['month']);
    expect(view.messages[0]).toMatchObject({
      title: 'Shown by month',
      text: 'By day this range has 3,652 parts; a page shows at most 400. The file has every day.',
    });
    // What was asked for stays the choice of the reader.
    expect(view.filter.intervals.find(({ isChosen }) => isChosen)?.value).toBe('day');
    const file = view.messages[0]?.file?.href ?? '';
    const { answered, intervals: inFile } = await read(file.split('?')[1] ?? '');
    expect([answered.kind, inFile]).toEqual(['csv', ['day']]);
  });

  it.each([
    ['from=2024-02-29&to=2025-02-28&interval=day', 'day'],
    ['from=2016-11-23&to=2026-11-22&interval=month', 'month'],
    ['from=2024-01-01&to=2025-02-03&interval=day', 'day'],
    ['from=2024-01-01&to=2025-02-04&interval=day', 'week'],
  ])('is shown as asked for where it has room: %s by %s', async (query, interval) => {
    const { view, intervals } = await read(query);
    // Small lines beside the numbers may be told in longer parts.
    expect(intervals[0]).toBe(interval);
    expect(view.messages.filter(({ file }) => file !== undefined)).toHaveLength(interval === 'week' ? 1 : 0);
  });

  it('is named where months are too many as well, and has a file all the same', async () => {
    const query = 'from=1976-11-23&to=2026-11-22&interval=month';
    expect((await read(query)).answered).toMatchObject({ kind: 'page', status: 400, template: 'message' });
    expect((await read(`${query}&format=csv`)).answered.kind).toBe('csv');
    const dependencies = buildPagesDependencies({ parseFilter });
    expect(await askPage(answerReviews, query, dependencies)).toMatchObject({ status: 400 });
    expect(await askPage(answerWorkInProgress, query, dependencies)).toMatchObject({ status: 200 });
  });
});

describe('nonsense in the address', () => {
  it.each([
    [answerReviews, 'x=colour'],
    [answerReviews, 'rows=colour'],
    [answerReviews, 'page=0'],
    [answerReviews, 'sort=deployments'],
    [answerWorkInProgress, 'show=everything'],
    [answerWorkInProgress, 'columns=some'],
    [answerWorkInProgress, 'page=-1'],
    [answerWorkInProgress, 'sort=colour'],
  ])('is named and never a mistake of ours: %# %s', async (answer, query) => {
    const answered = await askPage(answer, query);
    expect(answered).toMatchObject({ kind: 'page', status: 400, template: 'message' });
    expect(JSON.stringify(answered)).toContain(`${query.split('=')[0] ?? ''} \\"${query.split('=')[1] ?? ''}`);
  });

  it('may be an unknown repository, whose page is not there', async () => {
    expect(await askPage(answerReviews, 'repository={00000000-0000-4000-8000-000000000009}')).toEqual({
      kind: 'not-found',
    });
  });
});
