import type { Registry } from 'prom-client';
import type { Clock, Steady } from '../domain/clock';
import type { Log } from '../machine/log';
import { toAnswerClass, toSentAt } from '../bitbucket/client/describe-answer';
import { toRetryAt } from '../bitbucket/client/retry-after';
import type { Stores } from '../store/stores';
import { createBitbucketAccess, type BitbucketAccessParts, type OpenBitbucket } from './requests/bitbucket-access';
import { createWorkspaceLifecycle } from './workspace-lifecycle';
import {
  importRepositoryKind,
  importWorkspaceKind,
  readSizesKind,
  restartImport,
  wholeWorkspace,
} from './plans/import-plan';
import { readPullRequestKind } from './plans/reading-plan';
import { createImportRepository } from './history-import/import-repository';
import { createGivenUpWork } from './progress/given-up-work';
import { createAnswerCounter, registerWorkMetrics } from './progress/work-metrics';
import { createImportStatus } from './progress/import-status';
import { createImportWorkspace } from './history-import/import-workspace';
import { createReadSizes } from './history-import/read-sizes';
import { Inbox } from './notices/inbox';
import { Pace } from './notices/pace';
import { createWorkNotices, workNoticesKind } from './notices/work-notices';
import { createMendTimes } from './jobs/clock-jumps';
import type { JobHandlers } from './jobs/job-handler';
import { createMissingWork } from './missing-work';
import { Worker } from './jobs/worker';
import { createReadPullRequest } from './record/read-pull-request';
import { Administrators } from './record/administrators';
import { Viewers } from './record/viewers';
import { readGroupsKind } from './record/groups';
import {
  createPlanRecording,
  createRecordDeliveries,
  recordDeliveriesKind,
  type OpenDeliveries,
} from './record/record-deliveries';
import { createReadGroups } from './record/read-groups';
import { createReadRepository, readRepositoryKind } from './record/read-repository';
import { createReadWorkspace, readWorkspaceKind } from './record/read-workspace';
import { BitbucketClock } from './requests/bitbucket-clock';
import { RequestGate } from './requests/request-gate';
import type { WorkParts } from './requests/work-parts';
import { createReconciliation } from './reconciliation/reconcile';

interface IngestionParts {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly steady: Steady;
  readonly log: Log;
  readonly random: () => number;
  /** Between attempts at Bitbucket. */
  readonly wait: BitbucketAccessParts['wait'];
  /** Aborted when the process ends. */
  readonly signal?: AbortSignal | undefined;
  /** Handed in by the door through which a workspace came in. */
  readonly authoriserFor: BitbucketAccessParts['authoriserFor'];
  readonly apiUrl: string;
  /** What the operator allows; `null`: as much as Bitbucket says it grants, of old a thousand. */
  readonly requestsPerHour: number | null;
  readonly importDays: number;
  readonly reconcileMinutes: number;
  readonly retentionDays: number;
  readonly viewerRightsMinutes: number;
  /** Work of other rooms that must survive the process too: the proof of an install, the erasure of a workspace. */
  readonly otherHandlers: JobHandlers;
  readonly openDeliveries: OpenDeliveries;
  readonly metrics: Registry;
}

/** The room that carries facts in: everything about it that other rooms may use. */
export type Ingestion = ReturnType<typeof createIngestion>;

export function createIngestion(parts: IngestionParts) {
  const { stores, clock } = parts;
  const gate = new RequestGate({ ...parts, requests: stores.requests, workspaces: stores.workspaces });
  const usage: RequestGate['usage'] = (workspace, now) => gate.usage(workspace, now);
  const { bitbucketClock, onAnswer } = watchAnswers(parts);
  const open = createBitbucketAccess({ ...parts, gate, onAnswer });
  const administrators = new Administrators({ ...parts, open });
  const pace = new Pace(parts);
  const handlers = createHandlers(
    { ...parts, usage, administrators, pace, toMark: (at) => bitbucketClock.toSafe(at) },
    open,
  );
  registerWorkMetrics(parts.metrics, { ...parts, handlers, getBitbucketAhead: () => bitbucketClock.aheadMs });
  const lifecycle = createWorkspaceLifecycle({ ...parts, kick: () => kick() });
  const missingWork = createMissingWork({ ...parts, lifecycle });
  const planRecording = createPlanRecording(parts);
  const mendTimes = createMendTimes({ ...parts, handlers });
  const onIdle = async (): Promise<void> => {
    await mendTimes();
    await gate.settle();
    await missingWork.planInTime();
    await planRecording();
  };
  const worker = new Worker({ ...parts, handlers, onIdle, rest: () => pace.rest() });
  const kick = (): void => worker.kick();
  const inbox = openInbox(parts, { pace, kickNotices: () => worker.kick('notices') });
  return {
    inbox,
    worker,
    importStatus: createImportStatus({ ...parts, usage }),
    administrators,
    viewers: new Viewers({ ...parts, open, administrators }),
    /** The member of a workspace who has this e-mail address; `null`: none. @throws as the API does */
    findMember: (workspace: string, email: string) => open(workspace, 'live').findMember(workspace, email),
    givenUpWork: createGivenUpWork({ ...parts, kick }),
    imports: {
      restart: (workspace: string, repositoryUuid: string | null) =>
        restartImport({ ...parts, kick }, workspace, repositoryUuid),
    },
    lifecycle,
    planMissingWork: () => missingWork.plan(),
    /** Once nothing is under way any more: what was counted and not sent is given back. */
    settle: () => gate.settle({ isEnd: true }),
    /** Counts one request that a door makes for a workspace. @throws RateLimited */
    passRequest: (workspace: string, purpose: string) => gate.reserve(workspace, 'live', purpose),
    /** Bitbucket has said 429 to one of those. */
    pauseRequests: (workspace: string, retryAfter: string | null) =>
      gate.pause(workspace, toRetryAt(retryAfter, { now: clock.now(), inRow: 0, random: parts.random })),
  };
}

/** Notices, kept with the work on them. */
function openInbox(
  { stores, clock }: Pick<IngestionParts, 'stores' | 'clock'>,
  { pace, kickNotices }: { readonly pace: Pace; readonly kickNotices: () => void },
): Inbox {
  return new Inbox(stores, {
    plan: async (workspaces, tx) => {
      for (const workspace of workspaces) {
        await stores.jobs.enqueue({ workspace, kind: workNoticesKind, key: wholeWorkspace, runAt: clock.now() }, tx);
      }
    },
    begin: () => {
      pace.noteArrival();
      kickNotices();
    },
  });
}

/** Bitbucket's answers are counted, and tell the time. */
function watchAnswers(parts: Pick<IngestionParts, 'stores' | 'clock' | 'log' | 'metrics'>) {
  const bitbucketClock = new BitbucketClock({ ...parts, workspaces: parts.stores.workspaces });
  const countAnswer = createAnswerCounter(parts.metrics);
  const onAnswer: BitbucketAccessParts['onAnswer'] = (workspace, answer) => {
    countAnswer(toAnswerClass(answer));
    const sentAt = toSentAt(answer);
    if (sentAt !== null) void bitbucketClock.note(workspace, sentAt);
  };
  return { bitbucketClock, onAnswer };
}

type HandlerParts = Omit<
  IngestionParts,
  'authoriserFor' | 'apiUrl' | 'steady' | 'wait' | 'viewerRightsMinutes' | 'metrics'
> &
  Pick<WorkParts, 'usage' | 'administrators' | 'toMark'> & { readonly pace: Pace };

/** Who does which kind of work. */
export function createHandlers(parts: HandlerParts, open: OpenBitbucket): JobHandlers {
  const remembered = { groupReadings: new Map(), groupIndexes: new Map() } satisfies Partial<WorkParts>;
  const all = { ...parts, open, ...remembered };
  return {
    [workNoticesKind]: createWorkNotices(parts),
    [readPullRequestKind]: createReadPullRequest(all),
    [readRepositoryKind]: createReadRepository(all),
    [readGroupsKind]: createReadGroups(all),
    [readWorkspaceKind]: createReadWorkspace(all),
    [importWorkspaceKind]: createImportWorkspace(all),
    [importRepositoryKind]: createImportRepository(all),
    [readSizesKind]: createReadSizes(all),
    [recordDeliveriesKind]: createRecordDeliveries(parts),
    ...createReconciliation(all),
    ...parts.otherHandlers,
  };
}
