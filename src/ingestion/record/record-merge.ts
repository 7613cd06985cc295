import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import { stopsEverything } from '../../bitbucket/client/errors';
import { findDefaultBranchAt } from '../../domain/commits/default-branch';
import type { Instant } from '../../domain/instant';
import type { StoredPullRequest } from '../../store/pull-requests/stored-pull-request';
import type { MergeRecord } from '../../store/pull-requests/merge-records';
import type { Repository } from '../../store/repositories/repository-store';
import type { Workspace } from '../../store/workspaces/workspace-store';
import type { WorkParts } from '../requests/work-parts';
import { loadGroups } from './groups';

/** A merge to be written down. */
interface MergeOf {
  readonly workspace: string;
  readonly repositoryUuid: string;
  readonly api: BitbucketApi;
  readonly stored: StoredPullRequest;
}

/** Where a repository was read so short a time ago, a merge does not have it read again. */
const rereadAfterMs = 60_000;

/**
 * What is written down, once, of what was so at the merge: the default branch and the groups of the author. Only from
 * then on the pull request counts as a deployment, so it waits for nobody: groups that Bitbucket does not tell now, and
 * a default branch that is not known yet, are filled in when they are.
 */
export async function buildMergeRecord(parts: WorkParts, merge: MergeOf): Promise<MergeRecord> {
  const { workspace, repositoryUuid, api, stored } = merge;
  const { stores, clock } = parts;
  const mergedAt = stored.mergedAt ?? clock.now();
  await readRepository(parts, merge);
  const branches = await stores.repositories.listDefaultBranches(workspace, repositoryUuid);
  const known = await stores.workspaces.get(workspace);
  const groupsOf = known && (await loadGroups(parts, api, { workspace: known, at: mergedAt }));
  return {
    number: stored.number,
    // Of a merge that a notice told of, what was known at its arrival is noted already; else nothing was.
    defaultBranch: findDefaultBranchAt(branches, stored.mergeNoticedAt === null ? mergedAt : clock.now()),
    teams: groupsOf && groupsOf(stored.author?.uuid ?? null),
    teamsAsOf: isBeforeInstall(known, mergedAt) ? 'import' : 'merge',
    mergeRecordedAt: clock.now(),
  };
}

function isBeforeInstall(known: Pick<Workspace, 'connectedAt'> | null, at: Instant): boolean {
  return at < (known?.connectedAt ?? 0);
}

/** Today's name and default branch, for what comes next; this merge does not depend on them. */
async function readRepository({ stores, clock }: WorkParts, merge: MergeOf): Promise<void> {
  const { workspace, repositoryUuid, api } = merge;
  const known = await stores.repositories.get(workspace, repositoryUuid);
  if (known !== null && isSettled(known) && clock.now() < known.readAt + rereadAfterMs) return;
  try {
    const found = await api.getRepository(workspace, repositoryUuid);
    await stores.repositories.saveAll(workspace, [
      { ...found, readAt: clock.now(), changeToldAt: known?.changeToldAt ?? null },
    ]);
  } catch (error) {
    if (stopsEverything(error)) throw error;
  }
}

function isSettled({ defaultBranch, goneAt, changeToldAt }: Repository): boolean {
  return defaultBranch !== null && goneAt === null && changeToldAt === null;
}
