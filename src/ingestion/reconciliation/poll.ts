import { BitbucketUnavailable } from '../../bitbucket/client/errors';
import { walkPages } from '../../bitbucket/client/pages';
import type { UpdatedRepository } from '../../bitbucket/repositories/read-updated-repositories';
import type { Repository } from '../../store/repositories/repository-store';
import type { Connection } from '../../store/connections/connection';
import type { Transaction } from '../../store/database/transaction';
import type { JobHandler } from '../jobs/job-handler';
import { wholeWorkspace } from '../plans/import-plan';
import { isReached } from '../record/reach';
import { recordListed } from '../record/record-repositories';
import { readRepositoryKind } from '../record/read-repository';
import type { WorkParts } from '../requests/work-parts';
import { compareMovedKind, overlap } from './compare-repository';

export const pollKind = 'poll';

const minute = 60_000;
const hour = 60 * minute;
/** Nobody waits longer to see a merge than for a coffee, and thirty looks an hour cost 3 % of the usual budget. */
export const shortestPause = 2 * minute;
/** Looking, and comparing what moved, takes so much of the budget at most: what live work keeps. */
const mostOfBudget = 1 / 5;

/** Puts the first look down where nobody calls us; each one then puts down the next. */
export async function planPolling(
  { stores, clock }: Pick<WorkParts, 'stores' | 'clock'>,
  workspace: string,
  tx?: Transaction,
): Promise<void> {
  if ((await stores.connections.getLive(workspace, tx))?.hearing !== 'polling') return;
  await stores.jobs.enqueue({ workspace, kind: pollKind, key: wholeWorkspace, runAt: clock.now() }, tx);
}

/** How long to wait after a look that cost so many requests, milliseconds. */
export function computePollPause(requests: number, limit: number, longestPause: number): number {
  const affordable = Math.ceil((requests * hour) / (limit * mostOfBudget));
  return Math.min(Math.max(shortestPause, affordable), Math.max(shortestPause, longestPause));
}

/** What a look found, and what finding and comparing it costs. */
interface Look {
  readonly moved: readonly string[];
  readonly unknown: readonly string[];
  readonly requests: number;
}

/**
 * In place of notices: asks every few minutes which repositories moved, and has those compared at once. The list does
 * not promise to show comments and approvals; reconciliation compares all of them as ever. No mark is moved by a look,
 * only by a comparison. It ends by itself when Bitbucket calls.
 */
export function createPoll(parts: WorkParts): JobHandler {
  const { stores, clock } = parts;
  const longestPauseMs = parts.reconcileMinutes * minute;
  return {
    lane: 'live',
    neverGivenUp: { longestPauseMs },
    everyMs: Math.max(shortestPause, longestPauseMs),
    async run({ workspace }) {
      const connection = await stores.connections.getLive(workspace);
      if (connection?.hearing !== 'polling') {
        await stores.workspaces.update(workspace, { polledAt: null });
        return 'done';
      }
      const polledAt = clock.now();
      const look = await lookForMoved(parts, connection);
      if (look === null) return { againAt: polledAt + shortestPause };
      const put = (kind: string, key: string) => stores.jobs.enqueue({ workspace, kind, key, runAt: polledAt });
      for (const uuid of look.moved) await put(compareMovedKind, uuid);
      for (const uuid of look.unknown) await put(readRepositoryKind, uuid);
      await stores.workspaces.update(workspace, { polledAt: parts.toMark(polledAt) });
      const { limit } = await parts.usage(workspace, polledAt);
      return { againAt: polledAt + computePollPause(look.requests, limit, longestPauseMs) };
    },
  };
}

/** `null`: the list of repositories was never read, and its reading comes first. */
async function lookForMoved(parts: WorkParts, connection: Connection): Promise<Look | null> {
  const { stores } = parts;
  const { workspace } = connection;
  const found = await stores.workspaces.get(workspace);
  if (found === null || found.repositoriesReadAt === null) return null;
  const known = await stores.repositories.list(workspace);
  const all = known.filter(({ uuid, verifiedAt }) => verifiedAt !== null && isReached(connection, uuid));
  if (connection.repositories !== null) return toLookAtAll(all);
  try {
    return await askWhatMoved(parts, { workspace, known, since: (found.polledAt ?? -Infinity) - overlap });
  } catch (error) {
    // It does not know how to sort them: then each is asked what moved in it.
    if (error instanceof BitbucketUnavailable && error.status === 400) return toLookAtAll(all);
    throw error;
  }
}

function toLookAtAll(repositories: readonly Repository[]): Look {
  return { moved: repositories.map(({ uuid }) => uuid), unknown: [], requests: repositories.length };
}

interface Asking {
  readonly workspace: string;
  readonly known: readonly Repository[];
  /** What moved before was seen by the look before. */
  readonly since: number;
}

async function askWhatMoved(parts: WorkParts, { workspace, known, since }: Asking): Promise<Look> {
  const api = parts.open(workspace, 'live');
  const marks = new Map(known.map(({ uuid, verifiedAt }) => [uuid, verifiedAt]));
  const moved: string[] = [];
  const unknown: string[] = [];
  let pages = 0;
  for await (const { items } of walkPages((cursor) => api.listUpdatedRepositories(workspace, cursor))) {
    pages += 1;
    unknown.push(...items.map(({ uuid }) => uuid).filter((uuid) => !marks.has(uuid)));
    const those = items.filter((item) => hasMoved(item, marks.get(item.uuid) ?? null));
    // The list tells today's names and default branches beside: a merge is judged by the branch that was known.
    await recordListed(parts, workspace, those);
    moved.push(...those.map(({ uuid }) => uuid));
    if ((items.at(-1)?.updatedAt ?? Infinity) < since) break;
  }
  return { moved, unknown, requests: pages + moved.length + unknown.length };
}

/** Not while its history is imported: from there on it is compared. */
function hasMoved({ updatedAt }: UpdatedRepository, mark: number | null): boolean {
  return mark !== null && (updatedAt === null || updatedAt >= mark - overlap);
}
