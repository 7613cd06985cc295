import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import { walkPages } from '../../bitbucket/client/pages';
import type { WorkParts } from '../requests/work-parts';
import { readRepositoryKind } from './read-repository';

/**
 * Reads the whole list of a workspace's repositories and writes it down. A list may be short of one, or hold one that
 * nobody understands: a known repository that it does not show is put down to be asked for by itself,
 * and imported too where `missing` says so. `listed`: UUIDs of those that the list shows; `unreadable`: what is wrong
 * with each item that could not be understood.
 */
export async function recordRepositories(
  { stores, clock }: Pick<WorkParts, 'stores' | 'clock'>,
  { api, workspace, missing }: { api: BitbucketApi; workspace: string; missing?: 'import' },
): Promise<{ readonly listed: readonly string[]; readonly unreadable: readonly string[] }> {
  const listed = new Set<string>();
  const unreadable: string[] = [];
  for await (const page of walkPages((cursor) => api.listRepositories(workspace, cursor))) {
    const repositories = page.items.map((item) => ({ ...item, readAt: clock.now() }));
    await stores.repositories.saveAll(workspace, repositories);
    for (const { uuid } of repositories) listed.add(uuid);
    unreadable.push(...page.unreadable);
  }
  for (const { uuid } of await stores.repositories.list(workspace)) {
    if (listed.has(uuid)) continue;
    const job = { workspace, kind: readRepositoryKind, key: uuid, runAt: clock.now(), payload: missing };
    await stores.jobs.enqueue(job);
  }
  return { listed: [...listed], unreadable };
}
