import {
  buildEarlierReport,
  buildOverviewMaterial,
  buildPageContext,
  sampleSystem,
  sampleTeam,
} from '../../../../test/support/pages/sample-overview';
import { buildAccelerateReport, buildEmptyReport } from '../../../../test/support/pages/sample-report';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import { createLinks } from '../../routing/paths';
import { formatSystemReportsCsv, formatTeamReportsCsv } from './overview-csv';
import { buildOverviewView } from './overview-view';

const links = createLinks('https://drumbeat.example', '1');
const other = { ...sampleSystem, uuid: '{00000000-0000-4000-8000-000000000002}', name: 'Archive' };
const slower = { ...sampleSystem, uuid: '{00000000-0000-4000-8000-000000000003}', name: 'Billing' };

/** Of which the lead time rose, and the failure rate did not. */
function buildSlower(): AccelerateReport {
  const before = buildEarlierReport();
  const { range, completeness } = buildAccelerateReport();
  return {
    ...before,
    ...{ range, completeness },
    lead_time_for_changes: { ...before.lead_time_for_changes, value: 200_000 },
  };
}

const perSystem = {
  now: [
    { system: other, report: buildEmptyReport() },
    { system: slower, report: buildSlower() },
    { system: sampleSystem, report: buildAccelerateReport(), leadMedians: [10, null, 20] },
  ],
  before: [other, slower, sampleSystem].map((system) => ({ system, report: buildEarlierReport() })),
};

function build(sort: string | null = null, own: Readonly<Record<string, string>> = {}) {
  const pageContext = buildPageContext();
  const { page, place } = pageContext;
  const changed = { ...pageContext, page: { ...page, sort }, place: { ...place, own: { ...place.own, ...own } } };
  return buildOverviewView(buildOverviewMaterial({ perSystem, pageContext: changed }), links);
}

const names = (sort: string | null) => (build(sort).systems?.rows ?? []).map(({ name }) => name);

const cellsOf = (name: string) => build().systems?.rows.find((row) => row.name === name)?.cells ?? [];

describe('the repositories on the overview', () => {
  it('are sorted by deployments, most first, and what is unknown stands last either way', () => {
    expect(names(null)).toEqual(['Billing', 'Checkout', 'Archive']);
    expect(names('name')).toEqual(['Archive', 'Billing', 'Checkout']);
    expect(names('lead-time')).toEqual(['Checkout', 'Billing', 'Archive']);
    expect(names('-lead-time')).toEqual(['Billing', 'Checkout', 'Archive']);
  });

  it('can be sorted by what changed', () => {
    expect(names('-lead-time-change')).toEqual(['Billing', 'Checkout', 'Archive']);
    expect(names('failure-rate-change')).toEqual(['Billing', 'Checkout', 'Archive']);
    expect(names('-failure-rate-change')).toEqual(['Checkout', 'Billing', 'Archive']);
  });

  it('lead to their own page with the same filter', () => {
    expect(build().systems?.rows[1]?.href).toBe(
      '/pages/repository?range=90&interval=week&repository=%7B00000000-0000-4000-8000-000000000001%7D',
    );
  });

  it('have each number in the unit of the page, and beside it how it moved', () => {
    const cells = cellsOf('Checkout');
    expect(
      cells.map(({ text, small, change }) => (change === null ? [small, text] : [change.text, change.judgement])),
    ).toEqual([
      [null, '108'],
      ['No change', null],
      [null, '26 h'],
      ['3 h', 'better'],
      ['9 of 108', '8.3 %'],
      ['3.3', 'worse'],
      [null, '1.5 h'],
      ['No change', null],
      ['6 of 108', '5.6 %'],
    ]);
    expect(cells[2]?.sparkline?.dots).toHaveLength(2);
    expect(cellsOf('Billing')[3]?.change).toMatchObject({ direction: 'up', text: '27 h', judgement: 'worse' });
  });

  it('say in words why there is no number, and never that fewer deployments are worse', () => {
    const changes = cellsOf('Archive').flatMap(({ change }) => change ?? []);
    expect(changes.map(({ text }) => text)).toEqual(['108', 'No deployments', 'No deployments', 'No incidents']);
    expect(changes[0]).toMatchObject({ direction: 'down', judgement: null });
  });

  it('say which changes are shaded', () => {
    expect(build().systems?.note).toBe('Shaded changes are worse than in the 87 days before');
  });
});

describe('the teams on the overview', () => {
  const perTeam = (count: number) => {
    const rows = Array.from({ length: count }, (_, index) => ({
      team: { ...sampleTeam, slug: `team-${index}`, name: `Team ${String(index).padStart(2, '0')}` },
      report: buildAccelerateReport(),
    }));
    return { now: rows, before: [] };
  };

  it('have the same columns, lead to the page of that team, and keep an order of their own', () => {
    const { teams, systems } = build('name', { teams_sort: 'lead-time-change' });
    expect(teams?.rows.map(({ name, href }) => [name, href])).toEqual([
      ['Core', '/pages/workspace?teams_sort=lead-time-change&range=90&interval=week&team=core&sort=name'],
    ]);
    expect(teams?.heads.map(({ text }) => text).slice(1)).toEqual(systems?.heads.map(({ text }) => text).slice(1));
    expect(teams?.heads[4]).toMatchObject({ text: 'Change', about: 'of lead time', direction: 'ascending' });
    expect(systems?.heads[0]?.direction).toBe('ascending');
  });

  it('are shown page by page, and not at all where there are none', () => {
    const material = buildOverviewMaterial({ perTeam: perTeam(30) });
    const { teams } = buildOverviewView(material, links);
    expect([teams?.rows.length, teams?.count]).toEqual([15, '15 of 30 teams']);
    expect(buildOverviewView({ ...material, perTeam: perTeam(0) }, links).teams).toBeNull();
  });
});

describe('the files of repositories and teams', () => {
  it('hold the numbers, those before and how they moved', () => {
    const [head, archive, billing] = formatSystemReportsCsv(perSystem)
      .split('\r\n')
      .map((line) => line.split(','));
    const read = (row: readonly string[] | undefined, name: string) => row?.[head?.indexOf(name) ?? -1];
    expect(head?.slice(0, 6)).toEqual([
      'system_uuid',
      'system_slug',
      'system_name',
      'deployments',
      'days',
      'deployments_per_day',
    ]);
    expect(read(billing, 'lead_time_seconds')).toBe('200000');
    expect(read(billing, 'lead_time_seconds_before')).toBe('105000');
    expect(read(billing, 'lead_time_seconds_change')).toBe('95000');
    expect(read(billing, 'lead_time_seconds_movement')).toBe('higher');
    expect(read(archive, 'lead_time_seconds_movement')).toBe('too few to tell');
    expect(read(archive, 'lead_time_seconds_change')).toBe('');
  });

  it('name teams by slug and name', () => {
    const { perTeam } = buildOverviewMaterial();
    expect(formatTeamReportsCsv(perTeam).split('\r\n')[1]).toMatch(/^core,Core,108,/u);
  });
});
