import {
  buildEmptyMaterial,
  buildEarlierReport,
  buildPageContext,
  buildOverviewMaterial,
  sampleSystem,
} from '../../../../test/support/pages/sample-overview';
import { buildAccelerateReport, buildEmptyReport } from '../../../../test/support/pages/sample-report';
import { createLinks } from '../../routing/paths';
import { buildDrawn } from '../../presentation/charts/chart-table';
import { pageRenderer } from '../../presentation/frame/page-renderer';
import { describeDeployments, describeLeadTime } from '../../presentation/metrics/delivery-chart-words';
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
  const { charts } = buildOverviewView(buildOverviewMaterial(), links);
  const found = charts.find((candidate) => candidate.key === key);
  if (found === undefined) {
    throw new Error(`There is no chart of ${key}.`);
  }
  return found.chart;
}

describe('the overview', () => {
  it('says each number in one unit with two digits, with its level and what it is made of', async () => {
    const page = await readPage(buildOverviewMaterial());
    expect(page).toMatch(/Deployments i .{0,900} Elite 1\.2 a day No change Was 1\.2 a day · 108 deployments/u);
    expect(page).toMatch(/ High 26 h down 3 h shorter, better Was 29 h · 412 changes/u);
    expect(page).toMatch(/ Elite 8\.3 % up 3\.3 points, worse Was 5 % · 9 of 108 Rework rate 5\.6 % · 6 of 108/u);
    expect(page).toMatch(/ High 1\.5 h No change Was 1\.5 h · 8 incidents, 1 unresolved/u);
    expect(page).toMatch(/ 24 h down 1 h shorter, better Was 25 h · 120 pull requests Where the time goes/u);
    expect(page).toContain('Overall High DORA 2021');
  });

  it('keeps the exact form of a number in its explanation', async () => {
    const page = await readPage(buildOverviewMaterial());
    expect(page).toContain('half of 412 changes took at most 1 d 2 h, three quarters at most 2 d 5 h');
    expect(page).toContain('half of 120 merged pull requests took at most 23 h 53 min');
  });

  it('folds the rework rate into the failure rate while it is the same number, and says why', async () => {
    const report = buildAccelerateReport({
      rework_rate: { ...buildAccelerateReport().rework_rate, value: 9 / 108, rework: 9 },
    });
    const material = buildOverviewMaterial({ report, lines: report, perTeam: { now: [], before: [] } });
    const view = buildOverviewView(
      { ...material, perSystem: { now: [{ system: sampleSystem, report }], before: [] } },
      links,
    );
    expect(view.metrics[2]?.beside).toEqual({ text: 'Rework rate is the same', link: null });
    expect(view.metrics[2]?.explanation.join(' ')).toContain('there are as many fixes as failed deployments');
    expect(view.systems?.heads.map(({ text }) => text)).not.toContain('Rework rate');
    expect(view.further?.charts.map(({ key }) => key)).toEqual(['change-failure-rate', 'time-to-recover']);
  });

  it('shows what is made of too little without a level and without better or worse', () => {
    const report = buildAccelerateReport();
    const few = buildAccelerateReport({
      lead_time_for_changes: { ...report.lead_time_for_changes, n: 4, level: null },
      change_failure_rate: { ...report.change_failure_rate, value: 0, failed: 0, n: 9, level: null },
      time_to_recover: { ...report.time_to_recover, n: 1, level: null },
    });
    const perSystem = { now: [{ system: sampleSystem, report: few }], before: [{ system: sampleSystem, report }] };
    const view = buildOverviewView(buildOverviewMaterial({ report: few, perSystem }), links);
    const tooFew = view.metrics.slice(1, 4);
    expect(tooFew.map(({ level }) => level)).toEqual([null, null, null]);
    expect(tooFew.map(({ change }) => [change?.text, change?.judgement])).toEqual(
      Array.from({ length: 3 }, () => ['Too few to tell', null]),
    );
    const changes = view.systems?.rows[0]?.cells.flatMap(({ change }) => change ?? []) ?? [];
    expect(changes.map(({ text }) => text)).toEqual(['No change', 'Too few', 'Too few', 'Too few']);
  });

  it('says where only the period before has too little', () => {
    const before = buildEarlierReport();
    const lead = { ...before.lead_time_for_changes, n: 3 };
    const view = buildOverviewView(
      buildOverviewMaterial({ before: { ...before, lead_time_for_changes: lead } }),
      links,
    );
    expect(view.metrics[1]?.change?.text).toBe('Too few before to compare');
    expect(view.metrics[1]?.level?.word).toBe('High');
  });

  it('says what is enough to tell, and of which windows the level is', async () => {
    const page = await readPage(buildOverviewMaterial());
    expect(page).toContain('more than half of its windows of 30 days, and if not, of 182 days.');
    expect(page).toContain(
      'Fewer than 5 changes are too few to tell: they give no level, and no better or worse than before.',
    );
    expect(page).toContain(
      'Fewer than 10 deployments are too few to tell: they give no level, and no better or worse than before. A change of less than 4 % is none, nor is',
    );
  });

  it('does not compare with days before the history begins', async () => {
    const report = buildAccelerateReport();
    const completeness = { ...report.completeness, imported_since: '2026-08-01' };
    const before = { ...report, completeness, range: { ...report.range, from: '2026-05-29', to: '2026-08-23' } };
    const view = buildOverviewView(buildOverviewMaterial({ before }), links);
    expect(view.metrics.map(({ change, was }) => [change?.text, was])).toEqual(
      Array.from({ length: 5 }, () => ['No comparison: the history begins on 1 Aug 2026', null]),
    );
    expect(view.systems?.heads.map(({ text }) => text)).not.toContain('Change');
    expect(view.systems?.note).toBeNull();
  });

  it('explains what is left out, and leads to the rows', async () => {
    const page = await readPage(buildOverviewMaterial());
    expect(page).toContain(
      'Left out: 1 change dated after the deployment, and the changes of 3 deployments without known commits.',
    );
    expect(page).toContain('Days are those of UTC. Last compared with Bitbucket on 18 Nov 2026, 10:00.');
    const view = buildOverviewView(buildOverviewMaterial(), links);
    expect(view.metrics[0]?.rows.href).toBe('/pages/deployments?range=90&interval=week');
    expect(view.metrics[2]?.rows.href).toBe('/pages/deployments?range=90&interval=week&outcome=failed');
    expect(view.metrics[4]?.beside?.link?.href).toBe('/pages/reviews?range=90&interval=week');
  });

  it('says on paper whose numbers these are, of which days and filters, and as of when', () => {
    expect(buildOverviewView(buildOverviewMaterial(), links).print).toBe(
      'acme · Last 90 days, 24 Aug – 18 Nov 2026 · all repositories · all teams · as of 18 Nov 2026 (UTC)',
    );
    const { page } = buildPageContext();
    const filter = { ...page.filter, systems: [sampleSystem.uuid], teams: ['core'] };
    const pageContext = buildPageContext({ page: { ...page, filter } });
    expect(buildOverviewView(buildOverviewMaterial({ pageContext }), links).print).toContain('Checkout · Core');
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

  it('compares the median with that of the period before, in the unit of the page', () => {
    const { drawing, sentence } = findChart('lead-time-for-changes');
    expect(drawing).toMatchObject({ suffix: 'h', before: { value: 105_000 / 3_600, text: 'Before: 29 h' } });
    expect(sentence).toBe(
      'The median was highest, 42 h, in the week of 19 Oct, and lowest, 17 h, in the week of 24 Aug.',
    );
    const { series } = buildAccelerateReport().lead_time_for_changes;
    const few = series.map((bucket) => ({ ...bucket, n: 4 }));
    const report = buildAccelerateReport();
    expect(
      describeLeadTime({ ...report, lead_time_for_changes: { ...report.lead_time_for_changes, series: few } }),
    ).toBe('Half of the changes of each week took at most the median.');
  });

  it('counts the failed deployments of each week under the bars', () => {
    const { drawing, sentence } = findChart('deployment-frequency');
    const { counted, columns, series } = drawing;
    expect(counted?.name).toBe('Failed');
    expect(columns[counted?.column ?? 0]?.values.list).toEqual([0, 2, 1, 0, 2, 0, 0, 2, 1, 0, 2, 1, 0]);
    expect(series.map(({ kind, colour = 1 }) => [kind, colour])).toEqual([
      ['bar', 1],
      ['bar', 4],
      ['line', 2],
    ]);
    expect(sentence).toBe('Most deployments, 14, in the week of 9 Nov. Most failed, 2 of 9, in the week of 31 Aug.');
    const none = buildAccelerateReport();
    const { series: shares } = none.change_failure_rate;
    const unfailed = { ...none.change_failure_rate, series: shares.map((bucket) => ({ ...bucket, failed: 0 })) };
    expect(describeDeployments({ ...none, change_failure_rate: unfailed })).toMatch(/None failed\.$/u);
  });

  it('leaves the running week out of the rolling mean', () => {
    const mean = buildDrawn(findChart('deployment-frequency').drawing).series[2]?.values;
    expect(mean?.slice(0, 4)).toEqual([null, null, null, 8.25]);
    expect(mean?.[12]).toBeNull();
  });

  it('says the reason for a dash', async () => {
    const report = buildAccelerateReport({ time_to_recover: buildEmptyReport().time_to_recover });
    expect(await readPage(buildOverviewMaterial({ report }))).toContain(
      '— No resolved incidents in this range. Was 1.5 h · 0 incidents',
    );
  });
});

describe('a bar', () => {
  const toHref = (end: string) => {
    const { pageContext } = buildOverviewMaterial();
    const { toBucketHref } = buildMetricContext(pageContext, createLinks('https://drumbeat.example', '1'));
    return toBucketHref('deployments', { start: '2026-10-20', end });
  };

  it('of a single day leads to the page of the day, also where others are weeks; of a week to the list', () => {
    expect(toHref('2026-10-20')).toBe('/pages/day?range=90&interval=week&day=2026-10-20');
    expect(toHref('2026-10-26')).toMatch(/^\/pages\/deployments\?from=2026-10-20&to=2026-10-26/u);
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
