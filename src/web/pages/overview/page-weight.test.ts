import { buildOverviewMaterial, buildPageContext, sampleTeam } from '../../../../test/support/pages/sample-overview';
import { buildAccelerateReport } from '../../../../test/support/pages/sample-report';
import { buildWhatChanged } from '../../../../test/support/pages/sample-what-changed';
import type { Interval } from '../../../domain/calendar/bucket';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import { addDays } from '../../presentation/format/dates';
import { pageRenderer } from '../../presentation/frame/page-renderer';
import type { NeedsNowView } from '../../presentation/waits/needs-now-view';
import { createLinks } from '../../routing/paths';
import { buildOverviewView } from './overview-view';

const links = createLinks('https://drumbeat.example', '1');
const hour = 3_600;

/** Every number of a bucket is another, so that nothing is folded. */
function buildReport(interval: Interval, buckets: number, days: number): AccelerateReport {
  const report = buildAccelerateReport();
  const range = { ...report.range, from: '2025-11-19', to: addDays('2025-11-18', buckets * days), interval };
  const cut = Array.from({ length: buckets }, (_, index) => ({
    ...{ start: addDays(range.from, index * days), end: addDays(range.from, (index + 1) * days - 1) },
    spread: 1 + ((index * 37) % 101) / 100,
    n: 5 + (index % 90),
  }));
  const durations = cut.map(({ start, end, spread, n }, index) => ({
    ...{ start, end, n, excluded: index % 3, unresolved: index % 2, value: 30 * hour * spread },
    ...{ mean: 40 * hour * spread, p75: 60 * hour * spread, p95: 120 * hour * spread },
  }));
  const shares = cut.map(({ start, end, n }, index) => ({ start, end, n, value: (index % 5) / n, failed: index % 5 }));
  return {
    ...{ ...report, range },
    deployment_frequency: {
      ...report.deployment_frequency,
      series: cut.map(({ start, end, n }) => ({ start, end, value: n / days, deployments: n, days })),
    },
    lead_time_for_changes: { ...report.lead_time_for_changes, series: durations },
    change_failure_rate: { ...report.change_failure_rate, series: shares },
    time_to_recover: { ...report.time_to_recover, series: durations },
    rework_rate: { ...report.rework_rate, series: shares.map((share) => ({ ...share, rework: share.failed })) },
  };
}

const leadMedians = Array.from({ length: 16 }, (_, index) => (30 + ((index * 37) % 17)) * hour);

const systems = Array.from({ length: 40 }, (_, index) => {
  const number = String(index).padStart(2, '0');
  const uuid = `{00000000-0000-4000-8000-0000000000${number}}`;
  return { uuid, slug: `service-${number}`, name: `The service of teams ${number}`, url: '' };
});
const teams = Array.from({ length: 15 }, (_, index) => ({
  ...{ ...sampleTeam, slug: `team-${index}` },
  name: `The team of number ${index}`,
}));

const needs: NeedsNowView = {
  heading: 'Needs you now',
  lines: [1, 2, 3].map((id) => ({
    initials: 'MI',
    title: { href: `/pages/pull-request?repository=${systems[0]?.uuid ?? ''}&id=${id}`, text: 'A title '.repeat(10) },
    where: `${systems[0]?.name ?? ''} #${id}`,
    text: 'Review by Mira, Jon · 3 d 4 h, usually 11 h',
  })),
  nothing: '',
  all: { href: '/pages/work-in-progress', text: 'All 60 open' },
  shippedHeading: 'Shipped today',
  shipped: { text: '9 deployments in 4 repositories, none failed', link: null },
};

/** Bytes of the page of a busy workspace: 40 repositories, 15 teams, what changed, what is needed, all filters. */
async function weigh(report: AccelerateReport): Promise<number> {
  const context = buildPageContext();
  const filter = { ...context.filter, ...report.range };
  const before = buildAccelerateReport({ range: { ...report.range, from: '2025-11-22', to: '2025-11-23' } });
  const toRow = (one: AccelerateReport) => ({
    perSystem: systems.map((system) => ({ system, report: one, leadMedians })),
    perTeam: teams.map((team) => ({ team, report: one, leadMedians })),
  });
  const [now, then] = [toRow(buildAccelerateReport()), toRow(before)];
  const view = buildOverviewView(
    buildOverviewMaterial({
      pageContext: buildPageContext({ page: { ...context.page, filter }, filter, systems, teams }),
      ...{ report, before, change: buildWhatChanged(), lines: buildReport('week', 53, 7) },
      perSystem: { now: now.perSystem, before: then.perSystem },
      perTeam: { now: now.perTeam, before: then.perTeam },
    }),
    links,
  );
  expect(view.systems?.rows).toHaveLength(25);
  expect(view.teams?.rows).toHaveLength(15);
  const html = await pageRenderer.renderFragment('overview', { ...view, needs });
  expect(html).toContain('What changed');
  expect(html).toContain('All 60 open');
  return Buffer.byteLength(html);
}

describe('Delivery performance weighs', () => {
  it('at most 120 KB by week over 90 days', async () => {
    expect(await weigh(buildReport('week', 13, 7))).toBeLessThan(120 * 1024);
  });

  it('at most 250 KB by day over a year', async () => {
    expect(await weigh(buildReport('day', 365, 1))).toBeLessThan(250 * 1024);
  });
});
