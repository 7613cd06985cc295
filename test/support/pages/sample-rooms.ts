import { loadNone } from '../fakes/fake-work';
import type { AccelerateReport } from '../../../src/reporting/answers/accelerate';
import type { CorrectionItem, NoteItem, PreviewFigures } from '../../../src/reporting/corrections/corrections-report';
import type { Correction } from '../../../src/domain/corrections/correction';
import type { WholeSnapshot } from '../../../src/reporting/snapshot';
import { noProgress } from '../facts/no-progress';
import type { Administration } from '../../../src/administration/administration';
import type { ImportStatus } from '../../../src/ingestion/progress/import-status';
import type { WebDependencies } from '../../../src/web/routing/web-dependencies';
import { buildSampleLists } from './sample-lists';
import { sampleSystem } from './sample-overview';
import { buildDataQuality } from './sample-quality';
import { noReleases } from './sample-releases';
import { createSampleParse } from './sample-parse';
import { buildSampleReviews, type Reviewing } from './sample-review-answers';
import { noWork } from './no-work';
import { buildNothingChanged, buildWhatChanged } from './sample-what-changed';
import { sampleConnection } from './sample-window';

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
  work: noWork,
};

/** Rooms behind the pages that answer with one report, whatever they are asked; `change`: what is to differ by now. */
export function createSampleRooms(
  report: AccelerateReport,
  change: () => Partial<WholeSnapshot> = () => ({}),
): Pick<
  WebDependencies,
  | ('reporting' | 'importStatus' | 'imports' | 'givenUpWork' | 'administrators' | 'administration')
  | ('connections' | 'signIns')
> {
  const open = async () => ({ ...buildSampleSnapshot(report), ...change() });
  return {
    reporting: {
      ...{ open, openWhole: open, begin: async () => ({ getState: () => '', open, openWhole: open }) },
      settle: async () => undefined,
      openDeliveries: loadNone,
    },
    importStatus: { load: async () => sampleStatus },
    imports: { restart: async () => undefined },
    givenUpWork: { list: async () => ({ jobs: [], total: 0 }), tryAgain: async () => 0 },
    administrators: { isAdministrator: async () => true, confirm: async () => 'yes' },
    signIns: { getSignIn: async () => null },
    administration: createSampleAdministration(),
    connections: { describe: async () => sampleConnection },
  };
}

function buildSampleSnapshot(report: AccelerateReport): WholeSnapshot {
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
  const deployments = isEmpty ? [] : [{ ...deployment, teams_as_of: 'merge', source: 'pull_request' } as const];
  const reviews = buildSampleReviews(isEmpty);
  const listIncidents: WholeSnapshot['listIncidents'] = () => ({
    items: isEmpty ? [] : [{ ...incident, source: 'revert' }],
    next: null,
  });
  const listUndatedMerges: WholeSnapshot['listUndatedMerges'] = () => ({ items: [], next: null });
  return {
    ...buildSampleSettings(report),
    ...noReleases,
    parseFilter: createSampleParse(report),
    computeAccelerate: () => report,
    computeAccelerateInAll: () => report,
    computeWhatChanged: () => (isEmpty ? buildNothingChanged() : buildWhatChanged()),
    computeAcceleratePerSystem: () => [{ system: sampleSystem, report }],
    computeAcceleratePerTeam: () => [],
    computeDataQuality: async () => buildDataQuality(report),
    listDeployments: async () => ({ items: deployments, next: null }),
    listNamedDeployments: async () => ({ items: [], next: null }),
    streamDeployments: async function* () {},
    streamNamedDeployments: async function* () {},
    ...{ listUndatedMerges, listIncidents },
    ...buildSampleLists({ ...reviews, listIncidents, listUndatedMerges }, { deployments, isEmpty }),
    ...reviews,
  };
}

type Setting = Exclude<keyof WholeSnapshot, 'parseFilter' | Computed | Listing | Reviewing | keyof typeof noReleases>;
type Computed = `${string}Accelerate${string}` | 'computeWhatChanged' | 'computeDataQuality';
type Listing =
  | `${'list' | 'stream'}${'' | 'Named'}Deployments`
  | ('listIncidents' | 'listUndatedMerges' | 'listCorrectionsOf')
  | `open${'Deployment' | 'Incident' | 'Merged' | 'Open' | 'Undated'}List`;

function buildSampleSettings({ workspace, range }: AccelerateReport): Pick<WholeSnapshot, Setting> {
  return {
    workspace,
    settings: {
      timezone: 'UTC',
      levels: 'dora-2021',
      incidentRules: { revert: true, branchPrefixes: ['hotfix'], titlePrefixes: [] },
      exclusions: { people: [], bots: ['*[bot]'], repositories: [] },
      viewersWithoutRights: 'everybody',
    },
    systems: [sampleSystem],
    views: { saved: [], usual: null },
    teams: [],
    people: samplePeople,
    corrections: sampleCorrections,
    progress: noProgress,
    now: Date.parse('2026-11-18T10:20:00Z'),
    listTeams: () => [reference],
    listCorrections: () => [sampleCorrection],
    listNotes: () => [sampleNote],
    findFirstSteps: () => ({
      isConnected: true,
      isImported: true,
      hasLiveNotice: false,
      hasTeams: true,
      hasSavedSettings: false,
    }),
    previewIncidentRules: async () => ({
      ...{ from: range.from, to: range.to },
      stored: samplePreview,
      tried: { ...samplePreview, incidents: 10, byName: 8 },
      gained: [],
      lost: [],
    }),
    countExclusions: async () => ({
      people: [],
      bots: [{ pattern: '*[bot]', accounts: ['renovate[bot]'], activities: 12 }],
      botsByType: { accounts: [], activities: 0 },
      repositories: [],
    }),
  };
}

const samplePeople = ['Ada', 'Bo'].map((displayName) => ({
  ...{ uuid: `{${displayName.slice(0, 1).toLowerCase()}}`, displayName, accountId: null, type: 'user' },
}));

const samplePreview: PreviewFigures = {
  incidents: 9,
  byRevert: 2,
  byName: 7,
  byPrefix: [{ kind: 'branch', prefix: 'hotfix', incidents: 7 }],
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

/** The same as it is stored. */
export const sampleCorrections: readonly Correction[] = [
  {
    ...{ id: '1', kind: 'leave_out_deployment', subject: `${sampleSystem.uuid}/pullrequests/9`, target: null },
    ...{ reason: 'A test of the pipeline.', madeBy: '{a}', madeAt: Date.parse('2026-11-01T08:00:00Z') },
    ...{ undoneAt: null, undoneBy: null },
  },
];

function createSampleAdministration(): Administration {
  return {
    saveSettings: async () => undefined,
    saveTeam: async () => 'team',
    deleteTeam: async () => undefined,
    createToken: async () => ({ id: '1', token: 'dbt_shown_once' }),
    revokeToken: async () => undefined,
    listTokens: async () => [],
    saveNote: async () => true,
    deleteNote: async () => true,
    saveView: async () => ({ id: '1' }),
    deleteView: async () => true,
    saveUsualView: async () => undefined,
    getLastView: async () => null,
    saveLastView: async () => undefined,
    correct: async () => true,
    undoCorrection: async () => true,
    claimSubmission: async () => true,
    releaseSubmission: async () => undefined,
  };
}
