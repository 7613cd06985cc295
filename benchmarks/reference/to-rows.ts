import { computePrecedence } from '../../src/domain/pull-requests/merge-snapshots';
import { toSizeHead } from '../../src/domain/pull-requests/size';
import { pickColumns, type RowOf } from '../../src/store/database/table';
import { toStandingText } from '../../src/store/pull-requests/standing-text';
import {
  type pullRequestCommits,
  pullRequests,
  type pullRequestTeams,
  type ActivityRow,
} from '../../src/store/schema/pull-requests';
import type { ReferenceActivity, ReferenceMerge } from './draw-merges';
import { day, type ReferenceWorkspace } from './shape';

/* The rows that the product leaves of a merged pull request, once it is read whole and its merge is recorded. */

/** A history that was imported when the workspace was connected, and a month of notices since. */
export function findConnectedAt(now: number): number {
  return now - 30 * day;
}

/** Without what such a pull request has none of: where fields came from other snapshots, other witnesses, problems. */
export const mergedTable = pickColumns(pullRequests, [
  ...(['workspace', 'repositoryUuid', 'number', 'title', 'state', 'isDraft', 'isQueued', 'openedAt'] as const),
  ...(['updatedAt', 'seen', 'author', 'sourceBranch', 'sourceHash', 'sourceRepository', 'sourceFullName'] as const),
  ...(['destinationBranch', 'destinationHash', 'destinationRepository', 'destinationFullName'] as const),
  ...(['mergeHash', 'diffstatUrl', 'standing', 'mergedByActivityAt', 'mergedByMergeCommitAt', 'mergedAt'] as const),
  ...(['commitsHead', 'commitsState', 'firstCommitAt', 'defaultBranchAtMerge', 'teamsAsOf'] as const),
  ...(['mergeRecordedAt', 'linesAdded', 'linesRemoved', 'sizeHead', 'changedIn'] as const),
]);
export type MergedRow = RowOf<typeof mergedTable>;

export interface MergeRows {
  readonly merged: MergedRow[];
  readonly commits: RowOf<typeof pullRequestCommits>[];
  readonly teams: RowOf<typeof pullRequestTeams>[];
  readonly activities: ActivityRow[];
}

export function createRows(): MergeRows {
  return { merged: [], commits: [], teams: [], activities: [] };
}

/** Field by field: with spreads this would take longer than the database. */
export function addRows(rows: MergeRows, workspace: ReferenceWorkspace, merge: ReferenceMerge): void {
  const [{ uuid }, { repository, number, mergedAt, commits, teams, activities }] = [workspace, merge];
  const head = headOf(merge);
  rows.merged.push(toMergedRow(workspace, merge, head));
  for (const [position, { hash, authoredAt }] of commits.entries()) {
    rows.commits.push({
      workspace: uuid,
      repositoryUuid: repository.uuid,
      number,
      position,
      hash,
      authoredAt,
      seenAt: mergedAt,
    });
  }
  for (const team of teams) rows.teams.push({ workspace: uuid, repositoryUuid: repository.uuid, number, team });
  for (const activity of activities) rows.activities.push(toActivityRow(uuid, merge, activity));
}

const headOf = ({ commits }: ReferenceMerge): string => (commits[0]?.hash ?? '').slice(0, 12);

function toMergedRow({ uuid, slug, now }: ReferenceWorkspace, merge: ReferenceMerge, head: string): MergedRow {
  const { repository, mergedAt } = merge;
  const fullName = `${slug}/${repository.slug}`;
  const mergeHash = `${head.slice(6)}${head.slice(0, 6)}`;
  const connectedAt = findConnectedAt(now);
  const isLive = mergedAt > connectedAt;
  return {
    workspace: uuid,
    repositoryUuid: repository.uuid,
    number: merge.number,
    title: merge.title,
    state: 'MERGED',
    isDraft: false,
    isQueued: false,
    openedAt: merge.openedAt,
    updatedAt: mergedAt,
    seen: computePrecedence({ updatedAt: mergedAt, state: 'MERGED' }),
    author: merge.author,
    sourceBranch: merge.sourceBranch,
    sourceHash: head,
    sourceRepository: repository.uuid,
    sourceFullName: fullName,
    destinationBranch: merge.destinationBranch,
    destinationHash: mergeHash,
    destinationRepository: repository.uuid,
    destinationFullName: fullName,
    mergeHash,
    diffstatUrl: `https://api.bitbucket.org/2.0/repositories/${fullName}/diffstat/${head}`,
    standing: toStanding(merge),
    mergedByActivityAt: mergedAt,
    mergedByMergeCommitAt: Math.floor(mergedAt / 1000) * 1000,
    mergedAt,
    commitsHead: head,
    commitsState: 'complete',
    firstCommitAt: merge.commits.at(-1)?.authoredAt ?? null,
    defaultBranchAtMerge: merge.destinationBranch,
    teamsAsOf: isLive ? 'merge' : 'import',
    mergeRecordedAt: isLive ? mergedAt + 1000 : connectedAt + 3_600_000,
    linesAdded: merge.linesAdded,
    linesRemoved: merge.linesRemoved,
    sizeHead: toSizeHead(head),
    // The first version that a workspace has.
    changedIn: 1,
  };
}

function toStanding({ activities, mergedAt }: ReferenceMerge): string | null {
  const approvals = activities.filter(({ kind }) => kind === 'approval');
  return toStandingText({ asOf: mergedAt, verdicts: new Map(approvals.map(({ actor }) => [actor, 'approved'])) });
}

function toActivityRow(workspace: string, merge: ReferenceMerge, activity: ReferenceActivity): ActivityRow {
  const { kind, at, actor, id } = activity;
  const isUpdate = kind === 'update';
  const state = !isUpdate ? null : at === merge.mergedAt ? 'MERGED' : 'OPEN';
  return {
    workspace,
    repositoryUuid: merge.repository.uuid,
    number: merge.number,
    key: toActivityKey(activity, state),
    kind,
    at,
    actor,
    isInline: kind === 'comment' && id % 2 === 0,
    isDeleted: false,
    state,
    sourceHash: isUpdate ? headOf(merge) : null,
    isDraft: isUpdate ? false : null,
    goneAt: null,
  };
}

function toActivityKey({ kind, at, actor, id }: ReferenceActivity, state: string | null): string {
  if (kind === 'comment') return `comment:${id}`;
  return kind === 'update' ? `update:${at}:${state ?? ''}` : `approval:${actor}:${at}`;
}
