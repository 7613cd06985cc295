import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import { stopsEverything, UnreadablePayload } from '../../bitbucket/client/errors';
import { walkPages, type Page } from '../../bitbucket/client/pages';
import type { ListedRepository } from '../../bitbucket/repositories/to-repository';
import type { Connection } from '../../store/connections/connection';
import type { WorkParts } from '../requests/work-parts';
import { readRepositoryKind } from './read-repository';

/**
 * Reads the whole list of a workspace's repositories and writes it down. A list may be short of one, or hold one that
 * nobody understands: a known repository that it does not show is put down to be asked for by itself,
 * and imported too where `missing` says so. `listed`: UUIDs of those that the list shows; `unreadable`: what is wrong
 * with each item that could not be understood. Where the connection reaches some repositories alone, those are the list.
 */
export async function recordRepositories(
  { stores, clock }: Pick<WorkParts, 'stores' | 'clock'>,
  { api, workspace, missing }: { api: BitbucketApi; workspace: string; missing?: 'import' },
): Promise<{ readonly listed: readonly string[]; readonly unreadable: readonly string[] }> {
  const listed = new Set<string>();
  const unreadable: string[] = [];
  const connection = await stores.connections.getLive(workspace);
  for await (const page of listPages(api, workspace, connection)) {
    await recordListed({ stores, clock }, workspace, page.items);
    for (const { uuid } of page.items) listed.add(uuid);
    unreadable.push(...page.unreadable);
  }
  const known = connection?.repositories ?? (await stores.repositories.list(workspace)).map(({ uuid }) => uuid);
  for (const uuid of known.filter((one) => !listed.has(one))) {
    const job = { workspace, kind: readRepositoryKind, key: uuid, runAt: clock.now(), payload: missing };
    await stores.jobs.enqueue(job);
  }
  return { listed: [...listed], unreadable };
}

/** Today's names and default branches of repositories, as a list tells them. */
export async function recordListed(
  { stores, clock }: Pick<WorkParts, 'stores' | 'clock'>,
  workspace: string,
  items: readonly ListedRepository[],
): Promise<void> {
  const repositories = items.map((item) => ({ ...item, readAt: clock.now() }));
  await stores.repositories.saveAll(workspace, repositories);
}

type ListPage = Pick<Page<ListedRepository>, 'items' | 'unreadable'>;

function listPages(
  api: BitbucketApi,
  workspace: string,
  connection: Pick<Connection, 'repositories'> | null,
): AsyncGenerator<ListPage> {
  const reached = connection?.repositories ?? null;
  return reached === null
    ? walkPages((cursor) => api.listRepositories(workspace, cursor))
    : askOneByOne(api, workspace, reached);
}

/** What is refused here is asked for by itself, as what a list does not show. */
async function* askOneByOne(api: BitbucketApi, workspace: string, uuids: readonly string[]): AsyncGenerator<ListPage> {
  for (const uuid of uuids) {
    try {
      yield { items: [await api.getRepository(workspace, uuid)], unreadable: [] };
    } catch (error) {
      if (stopsEverything(error)) throw error;
      const problems = error instanceof UnreadablePayload ? error.problems : [];
      yield { items: [], unreadable: problems.map((problem) => `${uuid}: ${problem}`) };
    }
  }
}
