import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import {
  BitbucketUnavailable,
  isRefusal,
  NotFoundInBitbucket,
  UnreadablePayload,
  stopsEverything,
} from '../../bitbucket/client/errors';
import type { Instant } from '../../domain/instant';
import { indexGroups } from '../../domain/teams/team-membership';
import { wholeWorkspace } from '../plans/import-plan';
import type { GroupsOf, WorkParts } from '../requests/work-parts';
import { recordFacts } from './recorder';
import type { Workspace } from '../../store/workspaces/workspace-store';

export const readGroupsKind = 'read-groups';

const minute = 60_000;
/** Groups may be this old when a merge takes its snapshot of them (docs/definitions.md, 3.4). */
const oldestAtMerge = 15 * minute;

const forbidden =
  'Bitbucket shows the groups of a workspace to its administrators only, and did not show them to us. ' +
  'Teams can be kept by hand below.';

const incomprehensible =
  'Bitbucket answered the question for the groups of the workspace in a way that we do not understand. ' +
  'Teams can be kept by hand below.';

const unanswered =
  'Bitbucket did not tell the groups of the workspace. They are asked for again; until then the teams of new ' +
  'deployments are unknown.';

/**
 * Reads the groups of the workspace, where they are not known to be silent at the moment. Nothing waits for them: what
 * Bitbucket does not tell now is read by work of its own later. Tells whether they are known now.
 * @throws RateLimited, AccessRevoked
 */
async function readGroups(parts: WorkParts, api: BitbucketApi, workspace: string): Promise<boolean> {
  const readings = parts.groupReadings;
  const reading = readings.get(workspace) ?? tryToRead(parts, api, workspace).finally(() => readings.delete(workspace));
  readings.set(workspace, reading);
  return reading;
}

async function tryToRead(parts: WorkParts, api: BitbucketApi, workspace: string): Promise<boolean> {
  const { stores, clock } = parts;
  const key = { workspace, kind: readGroupsKind, key: wholeWorkspace };
  if ((await stores.jobs.find(key))?.state === 'ready') return false;
  try {
    await readGroupsOrFail(parts, api, workspace);
    return true;
  } catch (error) {
    if (stopsEverything(error)) throw error;
    await stores.workspaces.update(workspace, { groupsProblem: toProblem(error) });
    await stores.jobs.enqueue({ ...key, runAt: clock.now() + minute });
    return false;
  }
}

/** Reads the groups of the workspace, and writes down the teams of the merges that waited for them. */
export async function readGroupsOrFail(parts: WorkParts, api: BitbucketApi, workspace: string): Promise<void> {
  const { stores, clock } = parts;
  const found = await stores.workspaces.get(workspace);
  if (found === null) return;
  // As of when they were asked for: what has changed while they are told is not known to be in.
  const readAt = clock.now();
  const groups = await listGroups(parts, api, found);
  await stores.teams.replaceGroups(workspace, groups, readAt);
  parts.groupIndexes.delete(workspace);
  await stores.workspaces.update(workspace, { groupsProblem: null });
  await fillTeams(parts, workspace);
}

/** The groups are those of now and not of the merge: they are marked as those of an import are. */
async function fillTeams({ stores }: WorkParts, workspace: string): Promise<void> {
  const waiting = await stores.mergeRecords.listWithoutTeams(workspace);
  if (waiting.length === 0) return;
  const groupsOf = indexGroups(await stores.teams.list(workspace));
  for (const repositoryUuid of new Set(waiting.map((merge) => merge.repositoryUuid))) {
    const teams = waiting
      .filter((merge) => merge.repositoryUuid === repositoryUuid)
      .map(({ number, authorUuid }) => ({ number, teams: groupsOf(authorUuid), teamsAsOf: 'import' as const }));
    await recordFacts(stores, { workspace, repositoryUuid }, { teams });
  }
}

/** Groups go by the workspace's slug, which may have changed since it was read. */
async function listGroups({ stores }: WorkParts, api: BitbucketApi, known: { uuid: string; slug: string }) {
  try {
    return await api.listGroups(known.slug);
  } catch (error) {
    if (!(error instanceof NotFoundInBitbucket)) throw error;
    const { slug, name } = await api.getWorkspace(known.uuid);
    if (slug === known.slug) throw error;
    await stores.workspaces.update(known.uuid, { slug, name });
    return api.listGroups(slug);
  }
}

/** In words for a person. */
function toProblem(error: unknown): string {
  if (isRefusal(error)) return forbidden;
  const isOdd = error instanceof BitbucketUnavailable && error.status !== null && error.status < 500;
  return error instanceof UnreadablePayload || isOdd ? incomprehensible : unanswered;
}

interface SnapshotOf {
  readonly workspace: string;
  /** The merge whose snapshot is taken. */
  readonly at: Instant;
}

type Known = Pick<Workspace, 'uuid' | 'groupsReadAt'>;

/** Reads the groups again if what is stored is too old for a snapshot of them. Tells whether they are known now. */
export async function freshenGroups(parts: WorkParts, api: BitbucketApi, merge: SnapshotOf): Promise<boolean> {
  const known = await parts.stores.workspaces.get(merge.workspace);
  return areFresh(known, merge.at) || readGroups(parts, api, merge.workspace);
}

/** For the snapshot of a merge: the slugs of the groups that a person is in; `null`: Bitbucket does not tell them now. */
export async function loadGroups(
  parts: WorkParts,
  api: BitbucketApi,
  { workspace, at }: { readonly workspace: Known; readonly at: Instant },
): Promise<GroupsOf | null> {
  if (areFresh(workspace, at)) return indexAsOf(parts, workspace);
  if (!(await readGroups(parts, api, workspace.uuid))) return null;
  return indexAsOf(parts, (await parts.stores.workspaces.get(workspace.uuid)) ?? workspace);
}

function areFresh(known: Pick<Known, 'groupsReadAt'> | null, at: Instant): boolean {
  const readAt = known?.groupsReadAt ?? null;
  return readAt !== null && readAt >= at - oldestAtMerge;
}

async function indexAsOf(
  { stores, groupIndexes }: WorkParts,
  { uuid, groupsReadAt: readAt }: Known,
): Promise<GroupsOf> {
  const kept = groupIndexes.get(uuid);
  if (kept?.readAt === readAt) return kept.groupsOf;
  const groupsOf = indexGroups(await stores.teams.list(uuid));
  groupIndexes.set(uuid, { readAt, groupsOf });
  return groupsOf;
}
