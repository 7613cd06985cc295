import {
  buildEmptyMaterial,
  buildPageContext,
  buildOverviewMaterial,
  sampleSystem,
} from '../../../../test/support/pages/sample-overview';
import { buildAccelerateReport, buildEmptyReport } from '../../../../test/support/pages/sample-report';
import { createLinks } from '../../routing/paths';
import { buildDrawn } from '../../presentation/charts/chart-table';
import { pageRenderer } from '../../presentation/frame/page-renderer';
import { buildMetricContext, buildOverviewView, type OverviewMaterial } from './overview-view';

const links = createLinks('https://drumbeat.example', '1');

/** What a reader sees: text without tags, entities read, spaces as one. */
async function readPage(material: OverviewMaterial): Promise<string> {
  const html = await pageRenderer.renderFragment('overview', buildOverviewView(material, links));
  return html
    .replaceAll(/<script[^>]*>.*?<\/script>/gsu, '')
    .replaceAll(/<[^>]+>/gu, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll(/\s+/gu, ' ');
}

function findChart(key: string) {
  const metric = buildOverviewView(buildOverviewMaterial(), links).metrics.find((candidate) => candidate.key === key);
  if (metric === undefined) {
    throw new Error(`There is no metric ${key}.`);
  }
  return metric.chart;
}

describe('the overview', () => {
  it('says each number in words, with its level, its table and what it is made of', async () => {
    const page = await readPage(buildOverviewMaterial());
    expect(page).toContain('Deployment frequency 1.2 per day Elite DORA 2021 108 deployments in 87 days');
    expect(page).toContain('Lead time for changes 1 d 2 h High DORA 2021 median of 412 changes');
    expect(page).toContain('Change failure rate 8 % Elite DORA 2021 9 of 108 deployments');
    expect(page).toContain('Time to recover 1 h 30 min High DORA 2021 median of 8 incidents, 1 more unresolved');
    expect(page).toContain('Rework rate 6 % 6 of 108 deployments');
  });

  it('compares with the period before in words, and says whether that is better', async () => {
    const page = await readPage(buildOverviewMaterial());
    expect(page).toContain('↓ better: 3 h 10 min shorter than in the 87 days before (1 d 5 h)');
    expect(page).toContain('↑ worse: 3 percentage points higher than in the 87 days before (5 %)');
    expect(page).toContain('→ no change: 1.2 per day in the 87 days before');
  });

  it('shows what is made of too little without a level and without better or worse', async () => {
    const report = buildAccelerateReport();
    const few = buildAccelerateReport({
      lead_time_for_changes: { ...report.lead_time_for_changes, n: 4, level: null },
      change_failure_rate: { ...report.change_failure_rate, value: 0, failed: 0, n: 9, level: null },
      time_to_recover: { ...report.time_to_recover, n: 1, level: null },
    });
    const material = buildOverviewMaterial({ report: few, perSystem: [{ system: sampleSystem, report: few }] });
    const page = await readPage(material);
    expect(page).toContain('Lead time for changes 1 d 2 h too few to tell median of 4 changes');
    expect(page).toContain('too few to tell: 1 d 5 h in the 87 days before');
    expect(page).toContain('Change failure rate 0 % too few to tell 0 of 9 deployments');
    expect(page).toContain('too few to tell: 5 % in the 87 days before');
    expect(page).toContain('Time to recover 1 h 30 min too few to tell median of 1 incident');
    expect(page).not.toMatch(/better:|worse:/u);
    const cells = buildOverviewView(material, links).systems?.rows[0]?.cells ?? [];
    expect(cells.map(({ level }) => level?.word ?? null)).toEqual([
      'Elite',
      ...Array<string>(3).fill('too few to tell'),
      null,
    ]);
  });

  it('says what is enough to tell, and of which windows the level is', async () => {
    const page = await readPage(buildOverviewMaterial());
    expect(page).toContain('more than half of its windows of 30 days, and if not, of 182 days.');
    expect(page).toContain(
      'Fewer than 5 changes are too few to tell: they give no level, and no better or worse than before.',
    );
    expect(page).toContain(
      'Fewer than 10 deployments are too few to tell better from worse. A change of less than 4 % is none, nor is',
    );
  });

  it('does not compare with days before the history begins', async () => {
    const report = buildAccelerateReport();
    const completeness = { ...report.completeness, imported_since: '2026-08-01' };
    const before = { ...report, completeness, range: { ...report.range, from: '2026-05-29', to: '2026-08-23' } };
    const page = await readPage(buildOverviewMaterial({ before }));
    expect(page).toContain('no comparison: the history begins on 1 Aug 2026');
  });

  it('explains what is left out, and leads to the rows', async () => {
    const page = await readPage(buildOverviewMaterial());
    expect(page).toContain(
      'Left out: 1 change dated after the deployment and the changes of 3 deployments whose commits could not be read.',
    );
    expect(page).toContain('Days are those of UTC. Last compared with Bitbucket on 18 Nov 2026, 10:00.');
    const view = buildOverviewView(buildOverviewMaterial(), links);
    expect(view.metrics[0]?.rows.href).toBe('/pages/deployments?range=90&interval=week');
  });

  it('has the numbers of each chart as a table, gaps as dashes, the running week marked', () => {
    const { table, drawing } = findChart('lead-time-for-changes');
    const { series } = buildDrawn(drawing);
    expect(table?.rows.map(({ name }) => name)).toContain('16 Nov – 18 Nov 2026, not finished');
    const gap = table?.rows.find(({ name }) => name === '28 Sep – 4 Oct 2026')?.cells ?? [];
    expect(gap.map(({ text }) => text)).toEqual(['—', '—', '—', '0', '0']);
    expect(series.map(({ values }) => values[5])).toEqual([null, null]);
    expect(drawing.unfinished).toBe(12);
  });

  it('leaves the running week out of the rolling mean', () => {
    const mean = buildDrawn(findChart('deployment-frequency').drawing).series[1]?.values;
    expect(mean?.slice(0, 4)).toEqual([null, null, null, 8.25]);
    expect(mean?.[12]).toBeNull();
  });

  it('says the reason for a dash', async () => {
    const report = buildAccelerateReport({ time_to_recover: buildEmptyReport().time_to_recover });
    expect(await readPage(buildOverviewMaterial({ report }))).toContain(
      'Time to recover — No resolved incidents in this range. median of 0 incidents',
    );
  });
});

describe('a bar', () => {
  const toHref = (interval: 'day' | 'week') => {
    const { pageContext } = buildOverviewMaterial();
    const { toBucketHref } = buildMetricContext(
      { ...pageContext, filter: { ...pageContext.filter, interval } },
      createLinks('https://drumbeat.example', '1'),
    );
    return toBucketHref('deployments', { start: '2026-10-20', end: '2026-10-20' });
  };

  it('of a day leads to the page of the day, of a week to the list', () => {
    expect(toHref('day')).toBe('/pages/day?range=90&interval=week&day=2026-10-20');
    expect(toHref('week')).toMatch(/^\/pages\/deployments\?from=2026-10-20&to=2026-10-20/u);
  });
});

describe('the repositories on the overview', () => {
  const other = { ...sampleSystem, uuid: '{00000000-0000-4000-8000-000000000002}', name: 'Archive' };
  const perSystem = [
    { system: other, report: buildEmptyReport() },
    { system: sampleSystem, report: buildAccelerateReport() },
  ];

  const names = (sort: string | null) => {
    const material = buildOverviewMaterial({ perSystem });
    const { systems } = buildOverviewView(
      { ...material, pageContext: { ...material.pageContext, page: { ...material.pageContext.page, sort } } },
      links,
    );
    return (systems?.rows ?? []).map(({ name }) => name);
  };

  it('are sorted by deployments, most first, and what is unknown stands last either way', () => {
    expect(names(null)).toEqual(['Checkout', 'Archive']);
    expect(names('name')).toEqual(['Archive', 'Checkout']);
    expect(names('lead-time')).toEqual(['Checkout', 'Archive']);
    expect(names('-lead-time')).toEqual(['Checkout', 'Archive']);
  });

  it('lead to their own page with the same filter', () => {
    const row = buildOverviewView(buildOverviewMaterial({ perSystem }), links).systems?.rows[0];
    expect(row?.href).toBe(
      '/pages/repository?range=90&interval=week&repository=%7B00000000-0000-4000-8000-000000000001%7D',
    );
    expect(row?.cells.map(({ text }) => text)).toEqual([
      '108',
      '1 d 2 h',
      '9 of 108, 8 %',
      '1 h 30 min',
      '6 of 108, 6 %',
    ]);
  });
});

describe('an overview with nothing to show', () => {
  const importing = { done: 312, total: 2900, etaSeconds: 2300 };

  it.each([
    ['Drumbeat is not connected', {}, { pageContext: buildPageContext({ isConnected: false }) }],
    ['The history is being imported', {}, { pageContext: buildPageContext({ importing }) }],
    ['No deployments are known yet', {}, {}],
    ['No deployments in this range', { nearest: { before: '2026-01-05', after: null } }, {}],
    ['No deployments match these filters', { unfiltered: 5 }, {}],
  ])('says why: %s', async (title, beyond, change) => {
    const material = buildEmptyMaterial(beyond, change);
    const view = buildOverviewView(material, links);
    expect(view.empty?.title).toBe(title);
    const page = await readPage(material);
    expect(page).toContain(view.empty?.text);
    for (const { text } of view.empty?.steps ?? []) expect(page).toContain(text);
    expect(view.empty?.steps).not.toHaveLength(0);
    expect(page).not.toContain('Over time');
  });

  it('leads to what is known already while the history is imported', () => {
    const material = buildEmptyMaterial(
      { nearest: { before: '2026-01-05', after: '2026-11-01' } },
      { pageContext: buildPageContext({ importing }) },
    );
    const { empty } = buildOverviewView(material, links);
    expect(empty?.steps.map(({ text }) => text)).toEqual([
      'Watch the import',
      'Show the 90 days to 5 Jan 2026',
      'Show the last 90 days',
    ]);
  });

  it('stays usable while the history is imported, and says so', async () => {
    const page = await readPage(buildOverviewMaterial({ pageContext: buildPageContext({ importing }) }));
    expect(page).toContain('312 of 2,900 pull requests read so far, about 38 minutes left.');
  });

  it('says what is read while nobody knows how many pull requests there are', async () => {
    const unknown = buildPageContext({ importing: { done: 0, total: 0, etaSeconds: null } });
    expect(await readPage(buildOverviewMaterial({ pageContext: unknown }))).toContain(
      'The list of pull requests is being read.',
    );
  });

  it('says when the range begins before the history', async () => {
    const report = buildAccelerateReport();
    const completeness = { ...report.completeness, imported_since: '2026-10-01' };
    expect(await readPage(buildOverviewMaterial({ report: { ...report, completeness } }))).toContain(
      'The history begins on 1 Oct 2026',
    );
  });
});
