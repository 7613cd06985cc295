import { readPage } from '../../../../test/support/pages/read-page';
import {
  buildPageContext,
  buildNothingFound,
  sampleSystem,
  usualState,
} from '../../../../test/support/pages/sample-overview';
import { buildOpenItem, buildWorkInProgress } from '../../../../test/support/pages/sample-reviews';
import { buildOpenWaits, buildWait } from '../../../../test/support/pages/sample-waits';
import { pageRenderer } from '../../presentation/frame/page-renderer';
import type { RowEditing } from '../../presentation/rows/row-actions';
import { createLinks } from '../../routing/paths';
import { buildWorkInProgressView, type WorkInProgressMaterial } from './work-in-progress-view';

const links = createLinks('https://drumbeat.example', '1');
const place = { name: 'workInProgress', path: '/pages/work-in-progress', own: { repository: null } } as const;
const all = { show: null, whose: 'everybody', isTable: false, page: 1 } as const;
const ada = '{a0000000-0000-4000-8000-00000000000a}';

function view(change: Partial<WorkInProgressMaterial> = {}) {
  return buildWorkInProgressView(
    {
      pageContext: buildPageContext({ place }),
      report: buildWorkInProgress(),
      found: buildOpenWaits(),
      viewer: ada,
      state: usualState,
      choice: all,
      editing: null,
      ...change,
    },
    links,
  );
}

const content = (change: Partial<WorkInProgressMaterial> = {}) => view(change).content;
const titles = (change: Partial<WorkInProgressMaterial> = {}) =>
  content(change)?.list?.rows.map(({ titled }) => titled.text);

const editing: RowEditing = {
  ...{ action: '/pages/corrections', back: '/pages/work-in-progress', timezone: 'UTC', said: null },
  stored: { corrections: [], bots: [], notes: [] },
};

describe('Work in Progress', () => {
  it('begins with one total, divided by phase and by what is waited for', async () => {
    const page = await readPage('work-in-progress', view());
    expect(page).toContain('5 open pull requests. 1 waits for a review, 1 is ready to merge.');
    expect(page).toContain('2 not reviewed 1 reviewed 2 approved');
    expect(page).toContain(
      'Wait for a review 1 + Ready to merge 1 + Wait for the author 1 + Old or by bots 2 &#x3D; Open 5',
    );
  });

  it('says of each what it waits for, whom, since when and how far over its usual', async () => {
    expect(titles()).toEqual(['Work number 80', 'Work number 40', 'Work number 6']);
    const page = await readPage('work-in-progress', view());
    expect(page).toMatch(/Work number 40 #40 Checkout Ada Review JO MI Jon, Mira 16 Nov · 1 d 16 h/u);
    expect(page).toContain('1 d 5 h over usually 11 h');
    expect(page).toMatch(/Work number 6 .*Merge AD Ada .*Within the usual usually 11 h/u);
    const first = content()?.list?.rows[0];
    expect(first?.titled.link?.href).toContain(
      `/pages/pull-request?repository=${encodeURIComponent(sampleSystem.uuid)}&number=80`,
    );
    expect(first?.titled.bitbucket).toEqual({
      ...{ href: `${sampleSystem.url}/pull-requests/80`, text: '#80', name: 'Pull request 80 in Bitbucket' },
    });
  });

  it('folds leftovers and what bots opened beneath, with their phases', () => {
    expect(content()?.asides.map(({ name, phases, rows }) => [name, phases, rows.length])).toEqual([
      ['1 older than 90 days', '1 not reviewed', 1],
      ['1 opened by bots', '1 approved', 1],
    ]);
    const many = Array.from({ length: 60 }, (_, index) => buildWait(index + 1, { aside: 'old' }));
    const [aside] = content({ found: buildOpenWaits({ waits: many }) })?.asides ?? [];
    expect([aside?.rows.length, aside?.rest]).toEqual([50, 'The first 50 of 60. The file has all of them.']);
  });

  it.each([
    ['review', ['Work number 40']],
    ['merge', ['Work number 6']],
    ['author', ['Work number 80']],
    ['reviewed', ['Work number 80']],
    ['approved', ['Work number 6', 'Work number 4']],
    ['drafts', []],
  ] as const)('shows one part alone: %s', (show, found) => {
    expect(titles({ choice: { ...all, show } })).toEqual(found);
  });

  it('shows what is the viewer’s, and offers it only where the viewer is known', async () => {
    const own = (whose: 'mine' | 'review', viewer: string) =>
      content({ choice: { ...all, whose }, viewer })?.list?.rows.map(({ titled }) => titled.text);
    expect(own('mine', '{jon}')).toEqual(['Work number 40']);
    expect(own('review', '{mira}')).toEqual(['Work number 40']);
    expect(own('review', ada)).toEqual([]);
    expect(content({ choice: { ...all, whose: 'mine' } })?.now.sentence).toBe(
      '5 open pull requests opened by you, or waiting for you.',
    );
    expect(await readPage('work-in-progress', view())).toContain('Whose Everybody’s Mine To review by me');
    expect(await readPage('work-in-progress', view({ viewer: null }))).not.toContain('Whose');
  });

  it('names nobody where nobody was asked, and says where that is not known', async () => {
    const waits = [
      buildWait(3, { whom: [] }),
      buildWait(2, { whom: null, usual: null }),
      buildWait(1, { whom: [], waitsFor: 'queue' }),
      buildWait(9, { whom: [{ uuid: '{x}', displayName: null }] }),
      buildWait(8, { whom: Array.from({ length: 3000 }, (_, at) => ({ uuid: `{${at}}`, displayName: `N${at}` })) }),
    ];
    const rows = content({ found: buildOpenWaits({ waits }) })?.list?.rows ?? [];
    expect(rows.map(({ whom }) => whom.text).sort()).toEqual([
      ...['Account without a name', 'N0, N1 +2998', 'Nobody', 'Nobody yet', 'Not known'],
    ]);
    expect(Math.max(...rows.map(({ whom }) => whom.reason?.length ?? 0))).toBeLessThan(200);
    expect(await readPage('work-in-progress', view({ found: buildOpenWaits({ waits }) }))).toContain('Usual not known');
  });

  it('writes hostile titles and names as text', async () => {
    const hostile = '"><script>alert(1)</script>{{page}}\u202e';
    const item = buildOpenItem(1, { title: hostile, author: { uuid: ada, display_name: hostile } });
    const waits = [buildWait(1, { item, whom: [{ uuid: '{x}', displayName: hostile }] })];
    const shown = view({ found: buildOpenWaits({ waits }) });
    expect(await pageRenderer.renderFragment('work-in-progress', shown)).not.toContain('<script>alert');
  });

  it('tells how reviews are shared out, and of nobody alone', async () => {
    expect(content()?.load.lead).toBe('3 reviews to do, shared by 4 people.');
    expect(content()?.load.drawing?.label).toBe(
      'People by number of reviews to do: 2 people with 0, 1 person with 1, 1 person with 2, 0 people with 3, 0 people with 4, 0 people with 5+',
    );
    expect(content({ found: buildOpenWaits({ load: null }) })?.load.drawing).toBeNull();
  });

  it('shows all columns of all of them on demand, with marks beside the phase', () => {
    const shown = content({ choice: { ...all, isTable: true } });
    expect(shown?.table?.rows.entries.map(({ cells: [name] }) => name?.titled?.text)).toEqual([
      ...[120, 80, 40, 6, 4].map((number) => `Work number ${number}`),
    ]);
    expect(shown?.list).toBeNull();
  });

  it('offers a menu in each row to whoever may put things right, in both forms and in what is folded', async () => {
    for (const isTable of [false, true]) {
      const page = await readPage('work-in-progress', view({ editing, choice: { ...all, isTable } }));
      expect(page.match(/Leave out of the metrics/gu)).toHaveLength(5);
      // A bot is one already.
      expect(page.match(/This account is a bot/gu)).toHaveLength(4);
    }
  });

  it('says what came of leaving out the only one where nothing is left to show, with the way back', async () => {
    const row = `${sampleSystem.uuid}/pullrequests/40`;
    const undo = { act: 'undo', row, subjects: ['7'], seen: '-' } as const;
    const said = { row, tone: 'success', text: '#40 is left out of the metrics.', undo, ask: null } as const;
    const change = { found: buildOpenWaits({ waits: [], load: null }), state: buildNothingFound() };
    const page = await readPage('work-in-progress', view({ ...change, editing: { ...editing, said } }));
    expect(page).toContain('#40 is left out of the metrics. Undo');
    expect(page).toContain('No open pull requests');
  });

  it('is sorted by the column asked for', () => {
    const pageContext = buildPageContext({ place, page: { ...buildPageContext().page, sort: 'since' } });
    expect(titles({ pageContext })).toEqual(['Work number 6', 'Work number 40', 'Work number 80']);
  });

  it('has no range to choose, but keeps it', async () => {
    expect(view().filter.hasRange).toBe(false);
    expect(await readPage('work-in-progress', view())).not.toContain('90 days Last');
  });
});

describe('Work in Progress with nothing to show', () => {
  const found = buildOpenWaits({ waits: [], load: null });
  const importing = { done: 1, total: 10, etaSeconds: 60 };
  it.each([
    ['Drumbeat is not connected', { pageContext: buildPageContext({ place, isConnected: false }) }],
    ['The history is being imported', { pageContext: buildPageContext({ place, importing }) }],
    ['No open pull requests', { state: buildNothingFound({ nearest: { before: '2026-01-05', after: null } }) }],
    ['No open pull requests', {}],
    ['No open pull requests match these filters', { state: buildNothingFound({ unfiltered: 4 }) }],
  ])('says why: %s', async (title, change) => {
    const shown = view({ found, state: buildNothingFound(), ...change });
    expect(shown.empty?.title).toBe(title);
    const page = await readPage('work-in-progress', shown);
    expect(page).toContain(shown.empty?.steps[0]?.text);
    expect(page).not.toContain('Review load');
  });
});
