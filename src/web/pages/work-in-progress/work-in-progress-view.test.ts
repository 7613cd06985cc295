import { readPage } from '../../../../test/support/pages/read-page';
import {
  buildPageContext,
  buildNothingFound,
  sampleSystem,
  usualState,
} from '../../../../test/support/pages/sample-overview';
import {
  buildEmptyWorkInProgress,
  buildOpenItem,
  buildWorkInProgress,
} from '../../../../test/support/pages/sample-reviews';
import { buildTimeLine } from '../../../../test/support/pages/sample-time-line';
import { createLinks } from '../../routing/paths';
import { buildDrawn } from '../../presentation/charts/chart-table';
import { buildWorkInProgressView, type WorkInProgressMaterial } from './work-in-progress-view';

const links = createLinks('https://drumbeat.example', '1');
const place = { name: 'workInProgress', path: '/pages/work-in-progress', own: { repository: null } } as const;

function view(change: Partial<WorkInProgressMaterial> = {}) {
  return buildWorkInProgressView(
    {
      pageContext: buildPageContext({ place }),
      report: buildWorkInProgress(),
      timeLine: buildTimeLine({ number: 12 }),
      state: usualState,
      choice: { show: null, age: null, page: 1 },
      ...change,
    },
    links,
  );
}

const names = (shown: ReturnType<typeof view>) =>
  shown.table?.rows.map(([name]) => `${name?.titled?.about[0]} ${name?.titled?.bitbucket?.text}`);

describe('Work in Progress', () => {
  it('counts by phase and drafts, and says what each count is', async () => {
    const page = await readPage('work-in-progress', view());
    expect(page).toMatch(/Open 1 i How it is counted.*Reviewed 1 i.*Approved 1 i.*Drafts 1 i/u);
    expect(page).toContain('Open pull requests with an approval in force.');
  });

  it('names what waits longest, and for what', async () => {
    expect(await readPage('work-in-progress', view())).toContain(
      'Waiting longest: Checkout #12 “Work number 12” has not been touched for 12 h. Waiting for the author since 16 Nov 2026 (2 d 4 h): changes were requested.',
    );
  });

  it('names a draft only where there is nothing else', () => {
    const items = [buildOpenItem(90, { draft: true }), buildOpenItem(3)];
    expect(view({ report: buildWorkInProgress({ items }) }).longest?.link.text).toBe('Checkout #3');
    const drafts = items.slice(0, 1);
    expect(view({ report: buildWorkInProgress({ items: drafts }) }).longest?.link.text).toBe('Checkout #90');
  });

  it('lists the oldest first, each with phase, draft mark, times and sizes, to its time line and to Bitbucket', () => {
    const shown = view();
    expect(names(shown)).toEqual(['Checkout #12', 'Checkout #5', 'Checkout #2']);
    const last = shown.table?.rows.at(-1);
    expect(last?.map(({ text, marks }) => text ?? (marks ?? []).map(({ word }) => word).join())).toEqual([
      'Draft',
      'Approved',
      '2 d',
      '2 h',
      '—',
      '0',
      '1',
    ]);
    const [first] = last ?? [];
    expect(first?.titled?.link?.href).toContain(
      `/pages/pull-request?repository=${encodeURIComponent(sampleSystem.uuid)}&number=2`,
    );
    expect(first?.titled?.bitbucket).toMatchObject({ href: `${sampleSystem.url}/pull-requests/2` });
  });

  it('marks what waits in a merge queue beside its phase', async () => {
    const items = [
      buildOpenItem(3, { phase: 'approved', queued: true }),
      buildOpenItem(2, { draft: true, queued: true }),
    ];
    const shown = view({ report: buildWorkInProgress({ items }) });
    const words = shown.table?.rows.map((row) =>
      row.slice(0, 2).map(({ marks }) => (marks ?? []).map(({ word }) => word).join()),
    );
    expect(words).toEqual([
      ['In merge queue', 'Approved'],
      ['Draft,In merge queue', 'Open'],
    ]);
    expect(await readPage('work-in-progress', shown)).toContain('In merge queue');
  });

  it('is sorted by the column asked for', () => {
    const pageContext = buildPageContext({ place, page: { ...buildPageContext().page, sort: 'age' } });
    expect(names(view({ pageContext }))).toEqual(['Checkout #2', 'Checkout #5', 'Checkout #12']);
  });

  it('shows how old it is by phase, and each age leads to its rows', () => {
    const ages = view().ages?.chart;
    const rows = ages?.table?.rows ?? [];
    expect(rows.map(({ name }) => name)).toEqual(['under 1 d', '1 d to 7 d', '7 d and more']);
    expect(rows[1]?.cells.map(({ text }) => text)).toEqual(['0', '1', '1', '2']);
    expect(ages && buildDrawn(ages.drawing).hrefs[1]).toBe('/pages/work-in-progress?range=90&interval=week&age=1');
    const shown = view({ choice: { show: null, age: 1, page: 1 } });
    expect(names(shown)).toEqual(['Checkout #5', 'Checkout #2']);
    expect(shown.part?.text).toBe('Only 1 d to 7 d old: 2 of 3 open pull requests.');
  });

  it('shows one phase, or the drafts alone', () => {
    expect(names(view({ choice: { show: 'reviewed', age: null, page: 1 } }))).toEqual(['Checkout #5']);
    expect(names(view({ choice: { show: 'drafts', age: null, page: 1 } }))).toEqual(['Checkout #2']);
  });

  it('has no range to choose, but keeps it', async () => {
    const { filter } = view();
    expect(filter.hasRange).toBe(false);
    expect(await readPage('work-in-progress', view())).not.toContain('90 days');
  });
});

describe('Work in Progress with nothing to show', () => {
  const report = buildEmptyWorkInProgress();
  const importing = { done: 1, total: 10, etaSeconds: 60 };
  it.each([
    ['Drumbeat is not connected', { pageContext: buildPageContext({ place, isConnected: false }) }],
    ['The history is being imported', { pageContext: buildPageContext({ place, importing }) }],
    ['Nothing is open', { state: buildNothingFound({ nearest: { before: '2026-01-05', after: null } }) }],
    ['Nothing is open', {}],
    ['No open pull requests match these filters', { state: buildNothingFound({ unfiltered: 4 }) }],
  ])('says why: %s', async (title, change) => {
    const shown = view({ report, timeLine: null, state: buildNothingFound(), ...change });
    expect(shown.empty?.title).toBe(title);
    const page = await readPage('work-in-progress', shown);
    expect(page).toContain(shown.empty?.steps[0]?.text);
    expect(page).not.toContain('How old it is');
  });
});
