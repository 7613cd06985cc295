import {
  buildPageContext,
  buildNothingFound,
  buildRepositoryContext,
  sampleSystem,
  usualState,
} from '../../../../test/support/pages/sample-overview';
import { readPage } from '../../../../test/support/pages/read-page';
import {
  buildEmptyReviewsReport,
  buildMergedItem,
  toMergedPoints,
  buildReviewsReport,
} from '../../../../test/support/pages/sample-reviews';
import { sampleNote } from '../../../../test/support/pages/sample-rooms';
import { buildWhatChanged } from '../../../../test/support/pages/sample-what-changed';
import { createLinks } from '../../routing/paths';
import { buildDrawn } from '../../presentation/charts/chart-table';
import { buildDrawnScatter } from '../../presentation/charts/scatter-drawing';
import type { MergedPullRequestItem } from '../../../reporting/answers/pull-requests';
import { choosePoints, noLimits } from './point-selection';
import { pickSystems } from './review-systems';
import { buildReviewsView, pickExplorerPage, type ExplorerChoice, type ReviewsMaterial } from './reviews-view';

const links = createLinks('https://drumbeat.example', '1');
const usualChoice: ExplorerChoice = { axis: 'lines', order: null, page: 1, limits: noLimits };
const place = { name: 'reviews', path: '/pages/reviews', own: { repository: null } } as const;

function buildMaterial(change: Partial<ReviewsMaterial> = {}): ReviewsMaterial {
  const report = buildReviewsReport();
  const before = {
    ...report,
    range: { ...report.range, from: '2026-05-29', to: '2026-08-23' },
    time_to_merge: { ...report.time_to_merge, value: 40 * 3600 },
    lines_changed: { ...report.lines_changed, value: 60 },
  };
  return {
    pageContext: buildPageContext({ place }),
    report,
    before,
    change: buildWhatChanged({ of: 'merged' }),
    systems: { count: 1, rows: [{ system: sampleSystem, report, before }] },
    ...listItems(Array.from({ length: 60 }, (_, index) => buildMergedItem(index + 1))),
    state: usualState,
    undated: [],
    chosen: null,
    chart: { choice: 'time_to_merge', hasP95: false },
    ...change,
  };
}

/** Points of all, and the rows of the page that `explorer` asks for. */
function listItems(items: readonly MergedPullRequestItem[], explorer: ExplorerChoice = usualChoice) {
  const points = toMergedPoints(items);
  const shown = pickExplorerPage(points, explorer);
  return { points, explorer, rows: shown.flatMap(({ id }) => items.find((item) => item.id === id) ?? []) };
}

const view = (change: Partial<ReviewsMaterial> = {}) => buildReviewsView(buildMaterial(change), links);

function findChosen(change: Partial<ReviewsMaterial> = {}) {
  const { chosen } = view(change);
  if (chosen === null) throw new Error('Nothing is shown.');
  return chosen;
}

function findExplorer(change: Partial<ReviewsMaterial>) {
  const { explorer } = view(change);
  if (explorer === null) throw new Error('There is no explorer.');
  return explorer;
}

const findRow = (key: string, change: Partial<ReviewsMaterial> = {}) =>
  view(change).metrics?.rows.find((row) => row.key === key);

describe('Changes & reviews', () => {
  it('lists ten metrics with median, change and how many pull requests have them, each in one unit', async () => {
    expect(view().metrics?.rows.map(({ name, value, n }) => `${name} ${value} ${n}`)).toEqual([
      'Time to open 5 h 120',
      'Time to first review 6 h 117',
      'Time to first approval 20 h 120',
      'First to last approval 3 h 120',
      'Last approval to merge 2 h 120',
      'Time to merge 52 h 120',
      'Lines changed 120 120',
      'Commits 4 120',
      'Comments 7 120',
      'Reviews 3 120',
    ]);
    const page = await readPage('reviews', view());
    expect(page).toContain('Time to merge 52 h up 12 h , worse (was 40 h)');
    expect(page).toContain('Lines changed 120 up 60 (was 60 lines)');
  });

  it('compares what is made of too little with nothing, and calls a small move no change', () => {
    const report = buildReviewsReport();
    const before = {
      ...report,
      range: { ...report.range, from: '2026-05-29', to: '2026-08-23' },
      time_to_merge: { ...report.time_to_merge, value: 40 * 3_600, n: 4 },
      time_to_open: { ...report.time_to_open, value: (report.time_to_open.value ?? 0) * 1.03 },
      commits: { ...report.commits, value: null, n: 0 },
    };
    const textOf = (key: string) => findRow(key, { before })?.change.text;
    expect(['time-to-merge', 'time-to-open', 'commits'].map(textOf)).toEqual(['Too few', 'No change', '—']);
    expect(findRow('reviews', { before: null })?.change).toMatchObject({
      ...{ text: '—', detail: 'no period before to compare with' },
    });
  });

  it('has the unit of a median of nothing from what is above it', () => {
    const report = buildReviewsReport();
    const figures = { ...report.first_to_last_approval, value: 0, p75: 2 * 3_600 };
    expect(findRow('first-to-last-approval', { report: { ...report, first_to_last_approval: figures } })?.value).toBe(
      '0 h',
    );
  });

  it('explains the chosen number: formula, spread, what is left out and how much, zone and last comparison', async () => {
    const page = await readPage('reviews', view({ chart: { choice: 'time_to_first_review', hasP95: false } }));
    expect(page).toContain('Half of the reviewed pull requests got their first review within 6 h.');
    expect(page).toContain('The median time from the opening to the first review. A review is an approval');
    expect(page).toContain('Left out: 3 pull requests of 120 that were merged without a review.');
    expect(page).toContain('Three quarters have at most 11 h, 95 % at most 21 h; the mean is 8.4 h.');
    expect(page).toContain('Days are those of UTC. Last compared with Bitbucket on 18 Nov 2026, 10:00.');
  });

  it('leads to another metric by its row, and marks the one that is shown', () => {
    const rows = view().metrics?.rows ?? [];
    expect(rows.filter(({ isChosen }) => isChosen).map(({ key }) => key)).toEqual(['time-to-merge']);
    expect(rows[1]?.href).toBe('/pages/reviews?range=90&interval=week&metric=time-to-first-review');
  });

  it('leads to the pull requests behind all and behind each bucket, with the same filters', () => {
    const { rows, chart } = findChosen({
      pageContext: buildPageContext({
        place,
        page: { ...buildPageContext().page, filter: { ...buildPageContext().filter, teams: ['core'] } },
      }),
    });
    expect(rows).toEqual({
      href: '/pages/pull-requests?range=90&interval=week&team=core',
      text: '120 merged pull requests',
    });
    const row = chart.table?.rows[0];
    expect(row?.href).toBe('/pages/pull-requests?from=2026-08-24&to=2026-08-30&interval=week&team=core');
    expect(buildDrawn(chart.drawing).hrefs[0]).toBe(row?.href);
  });

  it('fits its scale to median and p75, has p95 where it is asked for, and the period before', () => {
    const { chart, p95 } = findChosen();
    const { series, unfinished, suffix, before } = buildDrawn(chart.drawing);
    expect(series.map(({ name }) => name)).toEqual(['Median', '75th percentile']);
    expect(series.map(({ values }) => values[5])).toEqual([null, null]);
    expect([suffix, before]).toEqual(['h', { value: 40, text: 'Before: 40 h' }]);
    expect(unfinished).toBe(12);
    expect(chart.legend.map(({ name }) => name)).toContain('Week not over');
    const gap = chart.table?.rows[5];
    expect(gap?.cells.map(({ text }) => text)).toEqual(['—', '—', '—', '—', '0', '0']);
    expect(p95).toEqual({ href: '/pages/reviews?range=90&interval=week&p95=1', text: 'Add 95th percentile' });
    const more = findChosen({ chart: { choice: 'time_to_merge', hasP95: true } });
    expect(more.chart.drawing.series.map(({ name }) => name)).toEqual(['Median', '75th percentile', '95th percentile']);
  });

  it('never draws more than four series, and tells all eight phases in the table', () => {
    const { chart } = findChosen({ chart: { choice: 'phases', hasP95: false } });
    expect(new Set(chart.drawing.series.map(({ colour, pattern }) => `${colour} ${pattern}`)).size).toBe(4);
    expect(chart.table?.heads).toHaveLength(1 + 8 + 2);
    expect(chart.table?.rows[0]?.cells.at(-2)?.text).toBe('3 d');
    expect(chart.sentence).toContain('72 h on average');
    expect(chart.sentence).toContain('Longest: merged, waiting for the deployment, 16 h.');
  });

  it('puts notes on the charts where they stand in time, and their texts in a list', async () => {
    const shown = view({
      pageContext: buildPageContext({ place, notes: [sampleNote, { ...sampleNote, id: '2', date: '2025-01-01' }] }),
    });
    // 7 October is the Wednesday of the seventh week: bucket 6, whose middle is Thursday.
    expect(shown.chosen?.chart.drawing.notes).toEqual([{ at: 5.857, number: 1 }]);
    expect(await readPage('reviews', shown)).toContain('Notes in this range 1 7 Oct 2026 New test stage by Ada');
  });

  it('lists repositories slowest first, and by another column when asked', () => {
    const fast = { ...sampleSystem, uuid: '{00000000-0000-4000-8000-000000000002}', name: 'Archive' };
    const report = buildReviewsReport({ time_to_merge: { ...buildReviewsReport().time_to_merge, value: 60 } });
    const perSystem = [
      { system: fast, report },
      { system: sampleSystem, report: buildReviewsReport() },
    ];
    const snapshot = {
      rankSystemsByReviews: () =>
        perSystem.map((one) => ({ system: one.system, value: one.report.time_to_merge.value })),
      computeReviewsPerSystem: () => perSystem,
    };
    const { filter, compared } = buildPageContext();
    const choose = (sort: string | null) => pickSystems(snapshot, filter, { sort, own: {}, compared });
    const names = (sort: string | null) =>
      view({
        systems: choose(sort),
        pageContext: buildPageContext({ place, page: { ...buildPageContext().page, sort } }),
      }).systems?.rows.map(([name]) => name?.link?.text);
    expect(names(null)).toEqual(['Checkout', 'Archive']);
    expect(names('time-to-merge')).toEqual(['Archive', 'Checkout']);
    expect(names('name')).toEqual(['Archive', 'Checkout']);
  });

  it('has the change of each repository behind its time to merge, a badge where it is worse', () => {
    const report = buildReviewsReport();
    const before = { ...report, range: { ...report.range, from: '2026-05-29' } };
    const rows = [
      { system: sampleSystem, report, before: { ...before, time_to_merge: { ...report.time_to_merge, value: 3_600 } } },
      { system: sampleSystem, report, before: { ...before, time_to_merge: { ...report.time_to_merge, n: 3 } } },
    ];
    const { systems } = view({ systems: { count: 2, rows } });
    expect(systems?.heads.map(({ text }) => text).slice(0, 3)).toEqual(['Repository', 'Time to merge', 'Change']);
    expect(systems?.rows.map((row) => [row[1]?.text, row[2]?.change])).toMatchObject([
      ['52 h', { direction: 'up', text: '51 h', judgement: 'worse' }],
      ['52 h', { direction: null, text: 'Too few', judgement: null }],
    ]);
  });

  it('is about one repository where that is the place, without the table of repositories', () => {
    const pageContext = buildRepositoryContext({
      place: { ...place, own: { repository: sampleSystem.uuid } },
    });
    const shown = view({ pageContext, systems: { count: 0, rows: [] } });
    expect(shown.title).toBe('Changes & reviews of Checkout');
    expect(shown.systems).toBeNull();
    expect(shown.tabs.up?.text).toBe('All repositories');
    expect(shown.chosen?.rows.href).toContain('repository=');
  });
});

describe('the explorer', () => {
  it('lays pull requests out by size and time to merge, and leads to their time lines', () => {
    const { scatter } = view().explorer ?? {};
    expect(scatter?.sentence).toContain(
      'Each dot is one of the 60 of 120 merged pull requests that have both numbers.',
    );
    const [, , third] = scatter ? buildDrawnScatter(scatter.drawing).points : [];
    expect(third && { ...third, toText: third.toText() }).toEqual({
      x: Math.log10(30),
      y: Math.log10(86_400),
      isChosen: false,
      toText: 'Checkout #3, merged 17 Nov 2026: 30 lines, 1 d',
      href: `/pages/pull-request?repository=${encodeURIComponent(sampleSystem.uuid)}&number=3&range=90&interval=week`,
    });
  });

  it('says what is chosen, names the first with their titles, and lists all of it below', () => {
    const items = Array.from({ length: 60 }, (_, index) => buildMergedItem(index + 1));
    const { points } = listItems(items);
    const limits = { size: [400, null], hours: [null, 24] } as const;
    const chosen = choosePoints(points, 'lines_changed', limits);
    const explorer = { ...usualChoice, limits };
    const rows = pickExplorerPage(chosen, explorer).flatMap(({ id }) => items.find((item) => item.id === id) ?? []);
    const change = { points, explorer, rows, chosen: { points: chosen, first: rows.slice(0, 1) } };
    const { selection, table, title, pages, scatter } = findExplorer(change);
    expect([selection.title, selection.text]).toEqual(['21 selected', '400 lines or more, at most 1 d']);
    expect(selection.items).toEqual([
      {
        link: expect.objectContaining({ text: 'Change number 40' }) as object,
        note: 'Checkout #40 · 400 lines · 1 d',
      },
    ]);
    expect([title, table.rows.length, pages.text]).toEqual(['21 selected pull requests', 20, '1 to 20 of 21']);
    expect(buildDrawnScatter(scatter.drawing).points.filter(({ isChosen }) => isChosen)).toHaveLength(21);
  });

  it('draws at most 500 points and says of how many', () => {
    const items = Array.from({ length: 700 }, (_, index) => buildMergedItem(index + 1));
    const { scatter } = view({ ...listItems(items), report: buildReviewsReport({ merged: 700 }) }).explorer ?? {};
    expect(scatter?.drawing.points).toHaveLength(500);
    expect(scatter?.sentence).toContain('The newest 500 of 700 merged pull requests.');
  });

  it('shows twenty rows a page in the order asked for, what is unknown last', () => {
    const others = Array.from({ length: 60 }, (_, index) => buildMergedItem(index + 2));
    const items = [buildMergedItem(1, { lines_changed: null }), ...others];
    const { table, pages } = findExplorer(listItems(items, { ...usualChoice, order: '-lines', page: 4 }));
    expect(table.rows).toHaveLength(1);
    expect(table.rows.at(-1)?.[4]?.text).toBe('—');
    expect(pages.text).toBe('61 to 61 of 61');
    expect(pages.older).toBeNull();
    expect(table.heads.find(({ text }) => text === 'Lines')?.direction).toBe('descending');
  });
});

describe('Changes & reviews with nothing to show', () => {
  it.each([
    ['Drumbeat is not connected', {}, { isConnected: false }],
    ['The history is being imported', {}, { importing: { done: 0, total: 10, etaSeconds: 60 } }],
    ['No merged pull requests are known yet', {}, {}],
    ['No merged pull requests in this range', { nearest: { before: '2026-01-05', after: null } }, {}],
    ['No merged pull requests match these filters', { unfiltered: 5 }, {}],
  ])('says why: %s', async (title, beyond, change) => {
    const pageContext = buildPageContext({ place, ...change });
    const shown = view({
      pageContext,
      report: buildEmptyReviewsReport(),
      points: toMergedPoints([]),
      rows: [],
      state: buildNothingFound(beyond),
    });
    expect(shown.empty?.title).toBe(title);
    const page = await readPage('reviews', shown);
    expect(page).toContain(shown.empty?.text);
    expect(page).toContain(shown.empty?.steps[0]?.text);
    expect(page).not.toContain('Choose one for the chart');
  });

  it('says that numbers are more than an hour old', async () => {
    const pageContext = buildPageContext({ place, now: Date.parse('2026-11-18T11:01:00Z') });
    expect(await readPage('reviews', view({ pageContext }))).toContain('These numbers are more than an hour old');
    const fresh = buildPageContext({ place, now: Date.parse('2026-11-18T10:59:00Z') });
    expect(await readPage('reviews', view({ pageContext: fresh }))).not.toContain('hour old');
  });
});
