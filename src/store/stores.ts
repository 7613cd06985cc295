import { ColumnStore } from './columns/column-store';
import { ConnectionStore } from './connections/connection-store';
import { ConnectionCheckStore } from './connections/connection-check-store';
import { ReinstallStore } from './connections/reinstall-store';
import { WebhookStore } from './connections/webhook-store';
import { CorrectionStore } from './corrections/correction-store';
import { NoteStore } from './corrections/note-store';
import { DeliveryStore } from './deployments/delivery-store';
import type { Database } from './database/database';
import type { Table } from './database/table';
import { Encryption } from './encryption/encryption';
import { AdministratorStore } from './people/administrator-store';
import { PersonStore } from './people/person-store';
import { TeamStore } from './people/team-store';
import { PullRequestStore } from './pull-requests/pull-request-store';
import { MergeReader } from './pull-requests/merge-reader';
import { MergeRecordStore } from './pull-requests/merge-records';
import { CommitStore } from './repositories/commit-store';
import { ImportStore } from './repositories/import-store';
import { PushStore } from './repositories/push-store';
import { ReadingProblemStore } from './repositories/reading-problem-store';
import { RepositoryStore } from './repositories/repository-store';
import * as columnTables from './schema/columns';
import * as connectionTables from './schema/connections';
import * as correctionTables from './schema/corrections';
import { listTables } from './schema/list-tables';
import * as deliveryTables from './schema/deliveries';
import * as peopleTables from './schema/people';
import * as pullRequestTables from './schema/pull-requests';
import * as repositoryTables from './schema/repositories';
import * as viewTables from './schema/saved-views';
import * as viewerTables from './schema/viewers';
import * as workTables from './schema/work';
import * as workspaceTables from './schema/workspaces';
import { ViewerStore } from './viewers/viewer-store';
import { ViewStore } from './views/view-store';
import { EndedRows } from './work/ended-rows';
import { GivenUpStore } from './work/given-up-store';
import { JobTimes } from './work/job-times';
import { JobStore } from './work/job-store';
import { LeaseStore } from './work/lease-store';
import { NoticeStore } from './work/notice-store';
import { RepairStore } from './work/repair-store';
import { RequestStore } from './work/request-store';
import { SubmissionStore } from './work/submission-store';
import { WorkCounts } from './work/work-counts';
import { ApiTokenStore } from './workspaces/api-token-store';
import { ProgressStore } from './progress/progress-store';
import { Erasure } from './workspaces/erasure';
import { SettingsStore } from './workspaces/settings-store';
import { WorkspaceStore } from './workspaces/workspace-store';

/** Every table, each defined once. What has a column `workspace` is erased with its workspace. */
export const allTables: readonly Table[] = [
  columnTables,
  connectionTables,
  correctionTables,
  deliveryTables,
  peopleTables,
  pullRequestTables,
  repositoryTables,
  viewTables,
  viewerTables,
  workTables,
  workspaceTables,
].flatMap(listTables);

/** Everything that is remembered, one store a noun, over one database. */
export interface Stores {
  readonly database: Database;
  readonly workspaces: WorkspaceStore;
  readonly erasure: Erasure;
  readonly settings: SettingsStore;
  readonly connections: ConnectionStore;
  readonly reinstalls: ReinstallStore;
  readonly webhooks: WebhookStore;
  readonly connectionChecks: ConnectionCheckStore;
  readonly viewers: ViewerStore;
  readonly views: ViewStore;
  readonly repositories: RepositoryStore;
  readonly pullRequests: PullRequestStore;
  readonly mergeRecords: MergeRecordStore;
  readonly merges: MergeReader;
  readonly commits: CommitStore;
  readonly pushes: PushStore;
  readonly readingProblems: ReadingProblemStore;
  readonly columns: ColumnStore;
  readonly deliveries: DeliveryStore;
  readonly people: PersonStore;
  readonly teams: TeamStore;
  readonly administrators: AdministratorStore;
  readonly corrections: CorrectionStore;
  readonly notes: NoteStore;
  readonly notices: NoticeStore;
  readonly jobs: JobStore;
  readonly leases: LeaseStore;
  readonly jobTimes: JobTimes;
  readonly endedRows: EndedRows;
  readonly givenUp: GivenUpStore;
  readonly repairs: RepairStore;
  readonly workCounts: WorkCounts;
  readonly imports: ImportStore;
  readonly requests: RequestStore;
  readonly apiTokens: ApiTokenStore;
  readonly submissions: SubmissionStore;
  readonly progress: ProgressStore;
}

interface StoreKeys {
  /** 32 bytes, for the secrets of connections at rest. */
  readonly encryptionKey: Buffer;
  /** The one before a rotation, which opens what is not encrypted anew yet. */
  readonly previousEncryptionKey?: Buffer | null;
}

export function openStores(database: Database, { encryptionKey, previousEncryptionKey = null }: StoreKeys): Stores {
  const encryption = new Encryption(encryptionKey, previousEncryptionKey);
  const connections = new ConnectionStore(database, encryption);
  return {
    database,
    workspaces: new WorkspaceStore(database),
    erasure: new Erasure(database, allTables),
    settings: new SettingsStore(database),
    connections,
    reinstalls: new ReinstallStore(database, encryption, connections),
    webhooks: new WebhookStore(database),
    connectionChecks: new ConnectionCheckStore(database),
    viewers: new ViewerStore(database),
    views: new ViewStore(database),
    repositories: new RepositoryStore(database),
    pullRequests: new PullRequestStore(database),
    mergeRecords: new MergeRecordStore(database),
    merges: new MergeReader(database),
    commits: new CommitStore(database),
    pushes: new PushStore(database),
    readingProblems: new ReadingProblemStore(database),
    columns: new ColumnStore(database),
    deliveries: new DeliveryStore(database),
    people: new PersonStore(database),
    teams: new TeamStore(database),
    administrators: new AdministratorStore(database),
    corrections: new CorrectionStore(database),
    notes: new NoteStore(database),
    notices: new NoticeStore(database),
    jobs: new JobStore(database),
    leases: new LeaseStore(database),
    jobTimes: new JobTimes(database),
    endedRows: new EndedRows(database),
    givenUp: new GivenUpStore(database),
    repairs: new RepairStore(database),
    workCounts: new WorkCounts(database),
    imports: new ImportStore(database),
    requests: new RequestStore(database),
    apiTokens: new ApiTokenStore(database),
    submissions: new SubmissionStore(database),
    progress: new ProgressStore(database),
  };
}
