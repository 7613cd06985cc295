import type { Beyond, PageState } from '../../../src/web/presentation/frame/look-beyond';
import type { PageContext } from '../../../src/web/presentation/frame/page-context';
import type { OverviewMaterial } from '../../../src/web/pages/overview/overview-view';
import { buildWhatChanged } from './sample-what-changed';
import type { AccelerateReport } from '../../../src/reporting/answers/accelerate';
import { buildAccelerateReport, buildEmptyReport } from './sample-report';

const now = Date.parse('2026-11-18T10:20:00Z');

export const sampleSystem = {
  uuid: '{00000000-0000-4000-8000-000000000001}',
  slug: 'checkout',
  name: 'Checkout',
  url: 'https://bitbucket.org/acme/checkout',
};

export const sampleTeam = { slug: 'core', name: 'Core', source: 'group', members: 4, deleted: false } as const;

/** What surrounds the numbers of a page of the whole workspace, 90 days, nothing filtered. */
export function buildPageContext(change: Partial<PageContext> = {}): PageContext {
  const filter = {
    from: '2026-08-24',
    to: '2026-11-18',
    interval: 'week',
    systems: [],
    teams: [],
    isRaw: false,
  } as const;
  return {
    page: { filter, range: 90, sort: null },
    filter,
    compared: { ...filter, from: '2026-05-29', to: '2026-08-23' },
    repository: null,
    place: { name: 'workspace', path: '/pages/workspace', own: { repository: null } },
    systems: [sampleSystem],
    teams: [sampleTeam],
    notes: [],
    hasCorrections: false,
    isLeftOut: false,
    hasFirstSteps: false,
    canLeaveRepository: true,
    polling: null,
    lastNoticeAt: now - 300_000,
    isConnected: true,
    importing: null,
    timezone: 'UTC',
    now,
    today: '2026-11-18',
    bitbucketUrl: 'https://bitbucket.org',
    ...change,
  };
}

/** The same for the sample repository. */
export function buildRepositoryContext(change: Partial<PageContext> = {}): PageContext {
  const pageContext = buildPageContext();
  return {
    ...pageContext,
    filter: { ...pageContext.filter, systems: [sampleSystem.uuid] },
    repository: sampleSystem,
    place: { name: 'repository', path: '/pages/repository', own: { repository: sampleSystem.uuid } },
    systems: [],
    ...change,
  };
}

/** Everything found. */
export const usualState: PageState = { found: 108, beyond: null };

/** The period before: slower, with fewer failures. */
export function buildEarlierReport(): AccelerateReport {
  const report = buildAccelerateReport();
  return {
    ...report,
    range: { ...report.range, from: '2026-05-29', to: '2026-08-23' },
    lead_time_for_changes: { ...report.lead_time_for_changes, value: 105_000 },
    change_failure_rate: { ...report.change_failure_rate, value: 0.05, failed: 5, n: 100 },
  };
}

/** 120 pull requests. */
const sampleMerge = {
  ...{ value: 86_000, mean: 90_000, p75: 120_000, p95: 300_000, n: 120, excluded: 0 },
  series: [],
};

/** What the overview of a workspace with 108 deployments in one repository is made of. */
export function buildOverviewMaterial(change: Partial<OverviewMaterial> = {}): OverviewMaterial {
  const report = buildAccelerateReport();
  const before = buildEarlierReport();
  return {
    pageContext: buildPageContext(),
    report,
    change: buildWhatChanged(),
    lines: report,
    before,
    merge: { now: sampleMerge, before: { ...sampleMerge, value: 90_000, series: [] } },
    perSystem: { now: [{ system: sampleSystem, report }], before: [{ system: sampleSystem, report: before }] },
    perTeam: { now: [{ team: sampleTeam, report }], before: [{ team: sampleTeam, report: before }] },
    state: usualState,
    undated: [],
    ...change,
  };
}

/** The same without any deployment, for one of the reasons there can be. */
export function buildEmptyMaterial(
  beyond: Partial<Beyond> = {},
  change: Partial<OverviewMaterial> = {},
): OverviewMaterial {
  return { ...buildOverviewMaterial(), report: buildEmptyReport(), state: buildNothingFound(beyond), ...change };
}

/** Nothing there, at any time and under any filter. */
export function buildNothingFound(beyond: Partial<Beyond> = {}): PageState {
  const nowhere = { unfiltered: 0, uncorrected: 0, nearest: { before: null, after: null }, isAllFiltered: false };
  return { found: 0, beyond: { ...nowhere, ...beyond } };
}
