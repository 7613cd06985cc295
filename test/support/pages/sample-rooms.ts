import type { AccelerateReport } from '../../../src/reporting/delivery/accelerate-report';
import type { CorrectionItem, NoteItem } from '../../../src/reporting/corrections/corrections-report';
import type { Reporting } from '../../../src/reporting/reporting';
import type { Administration } from '../../../src/administration/administration';
import type { ImportStatus } from '../../../src/ingestion/progress/import-status';
import type { WebDependencies } from '../../../src/web/routing/web-dependencies';
import { sampleSystem } from './sample-overview';
import {
  buildEmptyReviewsReport,
  buildEmptyWorkInProgress,
  buildMergedItem,
  buildOpenItem,
  buildReviewsReport,
  buildWorkInProgress,
} from './sample-reviews';
import { buildTimeLine } from './sample-time-line';

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
  clock_ahead_seconds: null,
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
    parseFilter: async (_workspace, { team, data }) =>
      team?.includes('nobody') === true
        ? { problems: [{ name: 'team', value: 'nobody', message: 'There is no team "nobody".' }] }
        : {
            filter: {
              from,
              to,
              interval,
              systems: [],
              teams: [...(team ?? [])],
              isRaw: data?.includes('raw') ?? false,
            },
          },
    loadAccelerate: async () => report,
    loadPerSystem: async () => [{ system: sampleSystem, report }],
    loadDeployments: async () => ({
      items: isEmpty ? [] : [{ ...deployment, teams_as_of: 'merge', source: 'pull_request' }],
      next: null,
    }),
    loadDeliveries: async () => ({ version: 0, deployments: [], incidents: [] }),
    loadUndatedMerges: async () => ({ items: [], next: null }),
    loadIncidents: async () => ({ items: isEmpty ? [] : [{ ...incident, source: 'revert' }], next: null }),
    ...createSampleReviews(isEmpty),
    loadSystems: async () => [sampleSystem],
    loadTeams: async () => [reference],
    ...createSampleSettings(report),
  };
}

type SettingMethods = 'loadSettings' | 'loadCorrections' | 'loadNotes' | 'previewIncidentRules' | 'countExclusions';

function createSampleSettings({ range }: AccelerateReport): Pick<Reporting, SettingMethods> {
  return {
    loadSettings: async () => ({
      timezone: 'UTC',
      levels: 'dora-2021',
      incident_rules: { revert: true, branch_prefixes: ['hotfix'], title_prefixes: [] },
      exclusions: { people: [], bots: ['*[bot]'], repositories: [] },
    }),
    loadCorrections: async () => [sampleCorrection],
    loadNotes: async () => [sampleNote],
    previewIncidentRules: async () => ({
      ...{ from: range.from, to: range.to },
      stored: samplePreview,
      tried: { ...samplePreview, incidents: 10, byName: 8 },
      gained: [],
      lost: [],
    }),
    countExclusions: async () => ({
      people: [],
      bots: [{ pattern: '*[bot]', accounts: ['renovate[bot]'], acts: 12 }],
      botsByType: { accounts: [], acts: 0 },
      repositories: [],
    }),
  };
}

type ReviewMethods = 'loadReviews' | 'loadReviewsPerSystem' | 'loadMergedPullRequests' | 'loadOpenPullRequests';

function createSampleReviews(isEmpty: boolean): Pick<Reporting, ReviewMethods | 'loadWorkInProgress' | 'loadTimeLine'> {
  const reviews = isEmpty ? buildEmptyReviewsReport() : buildReviewsReport();
  const numbers = isEmpty ? [] : Array.from({ length: 60 }, (_, index) => index + 1);
  return {
    loadReviews: async () => reviews,
    loadReviewsPerSystem: async () => [{ system: sampleSystem, report: reviews }],
    loadMergedPullRequests: async (_workspace, _filter, { limit, cursor }) => {
      const start = cursor === null ? 0 : Number(cursor);
      const end = start + limit;
      const items = numbers.slice(start, end).map((id) => buildMergedItem(id));
      return { items, next: end < numbers.length ? String(end) : null };
    },
    loadOpenPullRequests: async () => ({ items: isEmpty ? [] : [buildOpenItem(12)], next: null }),
    loadWorkInProgress: async () => (isEmpty ? buildEmptyWorkInProgress() : buildWorkInProgress()),
    loadTimeLine: async (_workspace, _repository, number) => (number === 404 ? null : buildTimeLine({ number })),
  };
}

const samplePreview = {
  incidents: 9,
  byRevert: 2,
  byName: 7,
  changeFailureRate: { value: 9 / 108, failed: 9, n: 108 },
};

export const sampleNote: NoteItem = {
  id: '1',
  date: '2026-10-07',
  text: 'New test stage',
  madeBy: { uuid: '{a}', displayName: 'Ada' },
  madeAt: Date.parse('2026-10-07T08:00:00Z'),
  editedBy: null,
  editedAt: null,
};

export const sampleCorrection: CorrectionItem = {
  id: '1',
  kind: 'leave_out_deployment',
  subject: `${sampleSystem.uuid}/pullrequests/9`,
  target: null,
  subjectName: 'Checkout #9',
  targetName: null,
  subjectUrl: `${sampleSystem.url}/pull-requests/9`,
  reason: 'A test of the pipeline.',
  madeBy: { uuid: '{a}', displayName: 'Ada' },
  madeAt: Date.parse('2026-11-01T08:00:00Z'),
  undoneAt: null,
  undoneBy: null,
  hasEffect: true,
};

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
    isAdministrator: async () => true,
    saveNote: async () => true,
    deleteNote: async () => true,
    correct: async () => true,
    undoCorrection: async () => true,
    claimSubmission: async () => true,
    releaseSubmission: async () => undefined,
    loadFirstSteps: async () => ({
      isConnected: true,
      isImported: true,
      hasLiveNotice: false,
      hasTeams: true,
      hasSavedSettings: false,
    }),
    listPeople: async () => [
      { uuid: '{a}', displayName: 'Ada' },
      { uuid: '{b}', displayName: 'Bo' },
    ],
  };
}
