import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import { stopsEverything } from '../../bitbucket/client/errors';
import { findDefaultBranchAt } from '../../domain/commits/default-branch';
import type { Instant } from '../../domain/instant';
import type { StoredPullRequest } from '../../store/pull-requests/stored-pull-request';
import type { MergeRecord } from '../../store/pull-requests/merge-records';
import type { WorkParts } from '../requests/work-parts';
import { indexGroups } from '../../domain/teams/team-membership';
import { freshenGroups } from './groups';
import { recordFacts } from './recorder';

/** A merge to be written down. */
interface MergeOf {
  readonly workspace: string;
  readonly repositoryUuid: string;
  readonly api: BitbucketApi;
  readonly stored: StoredPullRequest;
}

/**
 * Writes down, once, what was so at the merge: the default branch and the groups of the author. Only from here on
 * the pull request counts as a deployment, so it waits for nobody: groups that Bitbucket does not tell now, and a
 * default branch that is not known yet, are filled in when they are.
 */
export async function recordMerge(parts: WorkParts, merge: MergeOf): Promise<void> {
  const { workspace, repositoryUuid, api, stored } = merge;
  const { stores, clock } = parts;
  const mergedAt = stored.mergedAt ?? clock.now();
  await readRepository(parts, merge);
  const known = await stores.repositories.listDefaultBranches(workspace, repositoryUuid);
  const areKnown = await freshenGroups(parts, api, { workspace, at: mergedAt, isLive: true });
  const groupsOf = indexGroups(await stores.teams.list(workspace));
  const mergeRecord: MergeRecord = {
    number: stored.number,
    // Of a merge that a notice told of, what was known at its arrival is noted already; else nothing was.
    defaultBranch: findDefaultBranchAt(known, stored.mergeNoticedAt === null ? mergedAt : clock.now()),
    teams: areKnown ? groupsOf(stored.author?.uuid ?? null) : null,
    teamsAsOf: (await isBeforeInstall(parts, workspace, mergedAt)) ? 'import' : 'merge',
    mergeRecordedAt: clock.now(),
  };
  await recordFacts(stores, { workspace, repositoryUuid }, { mergeRecords: [mergeRecord] });
}

/** Today's name and default branch, for what comes next; this merge does not depend on them. */
async function readRepository({ stores, clock }: WorkParts, merge: MergeOf): Promise<void> {
  const { workspace, repositoryUuid, api } = merge;
  try {
    const found = await api.getRepository(workspace, repositoryUuid);
    await stores.repositories.saveAll(workspace, [{ ...found, readAt: clock.now() }]);
  } catch (error) {
    if (stopsEverything(error)) throw error;
  }
}

async function isBeforeInstall({ stores }: WorkParts, workspace: string, at: Instant): Promise<boolean> {
  return at < ((await stores.workspaces.get(workspace))?.connectedAt ?? 0);
}
