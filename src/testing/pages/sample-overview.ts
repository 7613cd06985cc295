import type { OverviewMaterial } from '../../web/pages/overview/overview-view';
import { buildAccelerateReport, buildEmptyReport } from './sample-report';

const now = Date.parse('2026-11-18T10:20:00Z');

export const sampleSystem = {
  uuid: '{00000000-0000-4000-8000-000000000001}',
  slug: 'checkout',
  name: 'Checkout',
  url: 'https://bitbucket.org/acme/checkout',
};

/** What the overview of a workspace with 108 deployments in one repository is made of. */
export function buildOverviewMaterial(change: Partial<OverviewMaterial> = {}): OverviewMaterial {
  const report = buildAccelerateReport();
  return {
    page: {
      filter: { from: '2026-08-24', to: '2026-11-18', interval: 'week', systems: [], teams: [], isRaw: false },
      range: 90,
      sort: null,
    },
    repository: null,
    report,
    before: {
      ...report,
      range: { ...report.range, from: '2026-05-29', to: '2026-08-23' },
      lead_time_for_changes: { ...report.lead_time_for_changes, value: 105_000 },
      change_failure_rate: { ...report.change_failure_rate, value: 0.05 },
    },
    perSystem: [{ system: sampleSystem, report }],
    systems: [sampleSystem],
    teams: [{ slug: 'core', name: 'Core', deleted: false }],
    state: {
      isConnected: true,
      importing: null,
      deployments: 108,
      unfilteredDeployments: 108,
      latestDeploymentAt: now,
    },
    now,
    bitbucketUrl: 'https://bitbucket.org',
    ...change,
  };
}

/** The same without any deployment, for one of the reasons there can be. */
export function buildEmptyMaterial(state: Partial<OverviewMaterial['state']> = {}): OverviewMaterial {
  const none = { deployments: 0, unfilteredDeployments: 0, latestDeploymentAt: null };
  const full = buildOverviewMaterial();
  return { ...full, report: buildEmptyReport(), state: { ...full.state, ...none, ...state } };
}
