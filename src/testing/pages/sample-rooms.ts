import type { AccelerateReport } from '../../reporting/accelerate-report';
import type { Reporting } from '../../reporting/reporting';
import type { Administration } from '../../ingestion/administration';
import type { ImportStatus } from '../../ingestion/progress/import-status';
import type { WebDependencies } from '../../web/web-dependencies';
import { sampleSystem } from './sample-overview';

const reference = { slug: 'core', name: 'Core', source: 'group', members: 4, deleted: false } as const;

/** The import of one repository, finished. */
export const sampleStatus: ImportStatus = {
  state: 'done',
  repositories: { total: 1, done: 1, failed: 0 },
  pull_requests: { total: 120, done: 120 },
  requests: {
    used: 140,
    limit: 1000,
    window_ends_at: '2026-11-18T11:00:00.000Z',
    by_purpose: { pull_requests: 140 },
    per_pull_request: null,
  },
  eta_seconds: null,
  problems: [],
  sizes: { total: 108, done: 100 },
  items: [
    {
      uuid: sampleSystem.uuid,
      slug: 'checkout',
      name: 'Checkout',
      state: 'done',
      pull_requests: { total: 120, done: 120 },
      message: null,
    },
  ],
  notices: { waiting: 0, unreadable: 2 },
  groups: { read_at: null, problem: 'The groups could not be read.' },
  connection: 'live',
};

/** Rooms behind the pages that answer with one report, whatever they are asked. */
export function createSampleRooms(
  report: AccelerateReport,
): Pick<WebDependencies, 'reporting' | 'importStatus' | 'administration'> {
  return {
    reporting: createSampleReporting(report),
    importStatus: { load: async () => sampleStatus },
    administration: createSampleAdministration(),
  };
}

function createSampleReporting(report: AccelerateReport): Reporting {
  const { from, to, interval } = report.range;
  const url = `${sampleSystem.url}/pull-requests/7`;
  const common = { system: sampleSystem, time_created: '2026-11-17T12:00:00.000Z', url };
  const [deployId, changeId] = [`${sampleSystem.uuid}/pullrequests/7`, 'a'.repeat(40)];
  const changes = [{ change_id: changeId, time_created: '2026-11-16T12:00:00.000Z' }];
  const isEmpty = report.deployment_frequency.deployments === 0;
  const deployment = { ...common, deploy_id: deployId, changes, teams: ['core'], complete: true } as const;
  const incident = {
    ...common,
    incident_id: deployId,
    time_resolved: null,
    deploy_id: null,
    fix_deploy_id: deployId,
  } as const;
  return {
    parseFilter: async (_workspace, { team }) =>
      team?.includes('nobody') === true
        ? { problems: [{ name: 'team', value: 'nobody', message: 'There is no team "nobody".' }] }
        : { filter: { from, to, interval, systems: [], teams: [...(team ?? [])] } },
    loadAccelerate: async () => report,
    loadPerSystem: async () => [{ system: sampleSystem, report }],
    loadDeployments: async () => ({
      items: isEmpty ? [] : [{ ...deployment, teams_as_of: 'merge', source: 'pull_request' }],
      next: null,
    }),
    loadIncidents: async () => ({ items: isEmpty ? [] : [{ ...incident, source: 'revert' }], next: null }),
    loadSystems: async () => [sampleSystem],
    loadTeams: async () => [reference],
    loadSettings: async () => ({
      timezone: 'UTC',
      levels: 'dora-2021',
      incident_rules: { revert: true, branch_prefixes: ['hotfix'], title_prefixes: [] },
    }),
    loadPullRequest: async (_workspace, _repository, number) => ({
      number,
      state: 'OPEN',
      draft: false,
      openedAt: Date.parse('2026-11-16T12:00:00Z'),
      mergedAt: null,
      commits: 3,
      leadTimeSeconds: 50_000,
    }),
  };
}

function createSampleAdministration(): Administration {
  return {
    saveSettings: async () => undefined,
    restartImport: async () => undefined,
    saveTeam: async () => 'team',
    deleteTeam: async () => undefined,
    createToken: async () => ({ id: '1', token: 'dbt_shown_once' }),
    revokeToken: async () => undefined,
    listTokens: async () => [],
    listTeams: async () => [],
    listPeople: async () => [
      { uuid: '{a}', displayName: 'Ada' },
      { uuid: '{b}', displayName: 'Bo' },
    ],
  };
}
