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
import { createLinks } from '../../routing/paths';
import { buildDrawn } from '../../presentation/charts/chart-table';
import { buildDrawnScatter } from '../../presentation/charts/scatter-drawing';
import type { MergedPullRequestItem } from '../../../reporting/answers/pull-requests';
import { pickSystems } from './review-systems';
import { buildReviewsView, pickExplorerPage, type ExplorerChoice, type ReviewsMaterial } from './reviews-view';

const links = createLinks('https://drumbeat.example', '1');
const usualChoice: ExplorerChoice = { axis: 'lines', order: null, page: 1 };
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
    systems: { count: 1, rows: [{ system: sampleSystem, report }] },
    ...listItems(Array.from({ length: 60 }, (_, index) => buildMergedItem(index + 1))),
    state: usualState,
    undated: [],
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

function findPhases() {
  const { phases } = view();
  if (phases === null) throw new Error('There is no chart of phases.');
  return phases.chart;
}

function findExplorer(change: Partial<ReviewsMaterial>) {
  const { explorer } = view(change);
  if (explorer === null) throw new Error('There is no explorer.');
  return explorer;
}

describe('Changes & Reviews', () => {
  it('says ten numbers in words, with how many pull requests have them and how they moved', async () => {
    const page = await readPage('reviews', view());
    expect(page).toContain('Time to merge 2 d 4 h median of 120 of 120 merged pull requests');
    expect(page).toContain('↑ worse: 12 h longer than in the 87 days before (1 d 16 h)');
    expect(page).toContain('Time to first review 6 h median of 117 of 120 merged pull requests');
    expect(page).toContain('Lines changed 120 lines median of 120 of 120 merged pull requests ↑ 60 more than');
    for (const name of ['Time to open', 'Time to first approval', 'First to last approval', 'Last approval to merge']) {
      expect(page).toContain(`${name} `);
    }
  });

  it('compares what is made of too little with nothing, and calls a small move no change', async () => {
    const report = buildReviewsReport();
    const before = {
      ...report,
      time_to_merge: { ...report.time_to_merge, value: report.time_to_merge.value ?? 0, n: 4 },
      time_to_open: { ...report.time_to_open, value: (report.time_to_open.value ?? 0) * 1.03 },
      commits: { ...report.commits, value: 90, n: 4 },
    };
    const shown = view({ before });
    const textOf = (key: string) =>
      [...shown.durations, ...shown.sizes].find((one) => one.key === key)?.comparison ?? null;
    expect(textOf('time-to-merge')).toEqual({
      ...{ arrow: null, judgement: null, text: 'too few to tell: 2 d 4 h in the 87 days before' },
    });
    expect(textOf('time-to-open')).toEqual({
      ...{ arrow: '→', judgement: null, text: 'no change: 5 h 9 min in the 87 days before' },
    });
    expect(textOf('commits')?.text).toBe('too few to tell: 90 commits in the 87 days before');
  });

  it('explains each number: formula, spread, what is left out and how much, zone and last comparison', async () => {
    const page = await readPage('reviews', view());
    expect(page).toContain('The median time from the opening to the first review. A review is an approval');
    expect(page).toContain('Left out: 3 pull requests of 120 that were merged without a review.');
    expect(page).toContain('Three quarters have at most 10 h 48 min, 95 % at most 21 h; the mean is 8 h 24 min.');
    expect(page).toContain('Days are those of UTC. Last compared with Bitbucket on 18 Nov 2026, 10:00.');
  });

  it('leads from a tile and from each bucket to the pull requests behind it, with the same filters', () => {
    const [merge] = view({
      pageContext: buildPageContext({
        place,
        page: { ...buildPageContext().page, filter: { ...buildPageContext().filter, teams: ['core'] } },
      }),
    }).durations.slice(1);
    expect(merge?.rows.href).toBe('/pages/pull-requests?range=90&interval=week&team=core');
    const row = merge?.chart.table?.rows[0];
    expect(row?.href).toBe('/pages/pull-requests?from=2026-08-24&to=2026-08-30&interval=week&team=core');
    expect(merge && buildDrawn(merge.chart.drawing).hrefs[0]).toBe(row?.href);
  });

  it('draws the median with a band from p75 to p95, gaps where nothing was merged, the running week marked', () => {
    const chart = findMergeChart();
    const { series, unfinished } = buildDrawn(chart.drawing);
    expect(series.map(({ name, isBandEdge }) => [name, isBandEdge])).toEqual([
      ['Median', false],
      ['75th percentile', false],
      ['up to the 95th', true],
    ]);
    expect(series.map(({ values }) => values[5])).toEqual([null, null, null]);
    expect(unfinished).toBe(12);
    expect(chart.legend.map(({ name }) => name)).toContain('Not finished');
    const gap = chart.table?.rows[5];
    expect(gap?.cells.map(({ text }) => text)).toEqual(['—', '—', '—', '—', '0', '0']);
  });

  it('never draws more than four series, and tells all eight phases in the table', () => {
    const chart = findPhases();
    expect(chart.drawing.series.map(({ pattern }) => pattern)).toEqual(['plain', 'stripes', 'dots', 'cross']);
    expect(chart.table?.heads).toHaveLength(1 + 8 + 2);
    expect(chart.table?.rows[0]?.cells.at(-2)?.text).toBe('3 d');
    expect(chart.sentence).toContain('took 3 d on average');
    expect(chart.sentence).toContain('“Merged, waiting for the deployment” with 16 h');
  });

  it('puts notes on the charts where they stand in time, and their texts in a list', async () => {
    const shown = view({
      pageContext: buildPageContext({ place, notes: [sampleNote, { ...sampleNote, id: '2', date: '2025-01-01' }] }),
    });
    // 7 October is the Wednesday of the seventh week: bucket 6, whose middle is Thursday.
    expect(shown.durations[0]?.chart.drawing.notes).toEqual([{ at: 5.857, number: 1 }]);
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
    const choose = (sort: string | null) => pickSystems(snapshot, buildPageContext().filter, { sort, own: {} });
    const names = (sort: string | null) =>
      view({
        systems: choose(sort),
        pageContext: buildPageContext({ place, page: { ...buildPageContext().page, sort } }),
      }).systems?.rows.map(([name]) => name?.link?.text);
    expect(names(null)).toEqual(['Checkout', 'Archive']);
    expect(names('time-to-merge')).toEqual(['Archive', 'Checkout']);
    expect(names('name')).toEqual(['Archive', 'Checkout']);
  });

  it('is about one repository where that is the place, without the table of repositories', () => {
    const pageContext = buildRepositoryContext({
      place: { ...place, own: { repository: sampleSystem.uuid } },
    });
    const shown = view({ pageContext, systems: { count: 0, rows: [] } });
    expect(shown.title).toBe('Changes & Reviews of Checkout');
    expect(shown.systems).toBeNull();
    expect(shown.tabs.up?.text).toBe('All repositories');
    expect(shown.durations[0]?.rows.href).toContain('repository=');
  });
});

function findMergeChart() {
  const chart = view().durations[1]?.chart;
  if (chart === undefined) {
    throw new Error('There is no chart.');
  }
  return chart;
}

describe('the explorer', () => {
  it('lays pull requests out by size and time to merge, and leads to their time lines', () => {
    const { scatter } = view().explorer ?? {};
    expect(scatter?.sentence).toContain('Those 60 of 120 merged pull requests that have both numbers');
    const [, , third] = scatter ? buildDrawnScatter(scatter.drawing).points : [];
    expect(third && { ...third, toText: third.toText() }).toEqual({
      x: 30,
      y: 24,
      toText: 'Checkout #3, merged 17 Nov 2026: 30 lines, 1 d',
      href: `/pages/pull-request?repository=${encodeURIComponent(sampleSystem.uuid)}&number=3&range=90&interval=week`,
    });
  });

  it('draws at most 500 points and says of how many', () => {
    const items = Array.from({ length: 700 }, (_, index) => buildMergedItem(index + 1));
    const { scatter } = view({ ...listItems(items), report: buildReviewsReport({ merged: 700 }) }).explorer ?? {};
    expect(scatter?.drawing.points).toHaveLength(500);
    expect(scatter?.sentence).toContain('The newest 500 of 700 merged pull requests');
  });

  it('shows twenty rows a page in the order asked for, what is unknown last', () => {
    const others = Array.from({ length: 60 }, (_, index) => buildMergedItem(index + 2));
    const items = [buildMergedItem(1, { lines_changed: null }), ...others];
    const { table, pages } = findExplorer(listItems(items, { axis: 'lines', order: '-lines', page: 4 }));
    expect(table.rows).toHaveLength(1);
    expect(table.rows.at(-1)?.[4]?.text).toBe('—');
    expect(pages.text).toBe('61 to 61 of 61');
    expect(pages.older).toBeNull();
    expect(table.heads.find(({ text }) => text === 'Lines')?.direction).toBe('descending');
  });
});

describe('Changes & Reviews with nothing to show', () => {
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
    expect(page).not.toContain('Over time');
  });

  it('says that numbers are more than an hour old', async () => {
    const pageContext = buildPageContext({ place, now: Date.parse('2026-11-18T11:01:00Z') });
    expect(await readPage('reviews', view({ pageContext }))).toContain('These numbers are more than an hour old');
    const fresh = buildPageContext({ place, now: Date.parse('2026-11-18T10:59:00Z') });
    expect(await readPage('reviews', view({ pageContext: fresh }))).not.toContain('hour old');
  });
});
