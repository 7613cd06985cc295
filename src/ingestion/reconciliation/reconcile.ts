import type { Clock } from '../../domain/clock';
import type { PullRequestSnapshot } from '../../domain/pull-request';
import type { Stores } from '../../store/stores';
import type { OpenBitbucket } from '../bitbucket-access';
import { wholeWorkspace } from '../history-import/import-plan';
import { isOlder } from '../history-import/list-pull-requests';
import type { JobHandler, JobHandlers } from '../jobs/job-handler';
import type { Administrators } from '../record/administrators';
import { readPullRequestKind, toJobKey } from '../record/read-pull-request';

export const reconcileKind = 'reconcile';
const reconcileRepositoryKind = 'reconcile-repository';
const finishKind = 'reconcile-finish';

const minute = 60_000;
/** Clocks differ, and a pull request may change while its page is read. */
const overlap = 5 * minute;
/** Bitbucket repeats a delivery within minutes; what is done is remembered for this long to know it again. */
const noticesKeptFor = 7 * 24 * 60 * minute;
const finishLooksEvery = 5_000;
const everyState = ['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED'];

export interface ReconciliationParts {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly open: OpenBitbucket;
  readonly administrators: Pick<Administrators, 'freshen'>;
  readonly reconcileMinutes: number;
  readonly startImport: (workspace: string, repositoryUuid: string) => Promise<void>;
}

/** Puts the first reconciliation down; each one then puts down the next. */
export async function planReconciliation(
  { stores, clock, reconcileMinutes }: Pick<ReconciliationParts, 'stores' | 'clock' | 'reconcileMinutes'>,
  workspace: string,
): Promise<void> {
  const runAt = clock.now() + reconcileMinutes * minute;
  await stores.jobs.enqueue({ workspace, kind: reconcileKind, key: wholeWorkspace, runAt });
}

/**
 * Repairs what webhooks lose: every `RECONCILE_MINUTES` each repository's pull requests are listed, newest change
 * first, back to the last time, and those that differ from what is stored are read again.
 */
export function createReconciliation(parts: ReconciliationParts): JobHandlers {
  return {
    [reconcileKind]: createStart(parts),
    [reconcileRepositoryKind]: createRepository(parts),
    [finishKind]: createFinish(parts),
  };
}

function createStart(parts: ReconciliationParts): JobHandler {
  const { stores, clock, reconcileMinutes } = parts;
  return {
    lane: 'import',
    async run({ workspace }) {
      const startedAt = clock.now();
      const next = { againAt: startedAt + reconcileMinutes * minute };
      if ((await stores.connections.getLive(workspace)) === null) return 'done';
      // Before the first import is through there is nothing to compare with.
      if ((await stores.workspaces.get(workspace))?.verifiedAt == null) return next;
      await stores.notices.forgetDone(workspace, startedAt - noticesKeptFor);
      await refreshRepositories(parts, workspace, startedAt);
      for (const { uuid } of await stores.repositories.list(workspace)) {
        await stores.jobs.enqueue({ workspace, kind: reconcileRepositoryKind, key: uuid, runAt: startedAt });
      }
      const finish = { workspace, kind: finishKind, key: wholeWorkspace, runAt: startedAt, payload: String(startedAt) };
      await stores.jobs.enqueue(finish);
      return next;
    },
  };
}

/** Names, default branches, new and vanished repositories; and who administers the workspace. */
async function refreshRepositories(parts: ReconciliationParts, workspace: string, startedAt: number): Promise<void> {
  const { stores, clock } = parts;
  const api = parts.open(workspace, 'import');
  await parts.administrators.freshen(workspace, api);
  const known = new Set((await stores.repositories.list(workspace, { includeGone: true })).map(({ uuid }) => uuid));
  let cursor: string | null = null;
  do {
    const page = await api.listRepositories(workspace, cursor);
    await stores.repositories.saveAll(
      workspace,
      page.items.map((item) => ({ ...item, readAt: clock.now() })),
    );
    for (const { uuid } of page.items) if (!known.has(uuid)) await parts.startImport(workspace, uuid);
    cursor = page.next;
  } while (cursor !== null);
  for (const { uuid, readAt } of await stores.repositories.list(workspace)) {
    if (readAt < startedAt) await stores.repositories.markGone(workspace, uuid, startedAt);
  }
}

function createRepository(parts: ReconciliationParts): JobHandler {
  const { stores } = parts;
  return {
    lane: 'import',
    async run({ workspace, key: repositoryUuid }) {
      const since = ((await stores.workspaces.get(workspace))?.verifiedAt ?? 0) - overlap;
      const api = parts.open(workspace, 'import');
      let cursor: string | null = null;
      do {
        const page = await api.listPullRequests(workspace, repositoryUuid, { states: everyState, cursor });
        await readWhatDiffers(parts, { workspace, repositoryUuid, listed: page.items });
        cursor = isOlder(page.items, since) ? null : page.next;
      } while (cursor !== null);
      return 'done';
    },
  };
}

interface ListedPage {
  readonly workspace: string;
  readonly repositoryUuid: string;
  readonly listed: readonly PullRequestSnapshot[];
}

async function readWhatDiffers({ stores, clock }: ReconciliationParts, page: ListedPage): Promise<void> {
  const { workspace, repositoryUuid } = page;
  for (const { number, updatedAt, state } of page.listed) {
    const stored = await stores.pullRequests.get(workspace, repositoryUuid, number);
    const isKnown = stored !== null && stored.updatedAt >= updatedAt && stored.state === state;
    const isWhole = stored !== null && (stored.state !== 'MERGED' || stored.sealedAt !== null);
    if (isKnown && isWhole) continue;
    const key = toJobKey({ repositoryUuid, number });
    await stores.jobs.enqueue({ workspace, kind: readPullRequestKind, key, runAt: clock.now() });
  }
}

/** Only when every repository has been compared is the workspace as true as it was at the start. */
function createFinish({ stores, clock }: ReconciliationParts): JobHandler {
  return {
    lane: 'import',
    async run({ workspace, payload }) {
      if (await stores.jobs.isAnyWaiting(workspace, reconcileRepositoryKind)) {
        return { againAt: clock.now() + finishLooksEvery };
      }
      await stores.workspaces.update(workspace, { verifiedAt: Number(payload) });
      return 'done';
    },
  };
}
