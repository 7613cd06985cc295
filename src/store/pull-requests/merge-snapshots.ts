import {
  computePrecedence,
  pickNewer,
  pickNewestKnown,
  type Knowable,
} from '../../domain/pull-requests/merge-snapshots';
import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';
import { toStandingText } from './standing-text';
import {
  knowableFields,
  nothingLearnt,
  type KnowableField,
  type PullRequestRow,
  type SeenField,
  type SnapshotRow,
} from './pull-request-row';

/** A snapshot as the row it would be if nothing else were known. */
export function toSnapshotRow(
  key: { workspace: string; repository: string },
  snapshot: PullRequestSnapshot,
): SnapshotRow {
  return {
    ...key,
    number: snapshot.number,
    title: snapshot.title,
    state: snapshot.state,
    is_draft: snapshot.isDraft ? 1 : 0,
    is_queued: snapshot.isQueued ? 1 : 0,
    opened_at: snapshot.openedAt,
    updated_at: snapshot.updatedAt,
    seen: computePrecedence(snapshot),
    ...knowableOf(snapshot),
    ...allSeenWithTheRow,
  };
}

function knowableOf({ source, destination, ...snapshot }: PullRequestSnapshot): Pick<SnapshotRow, KnowableField> {
  return {
    author: snapshot.author?.uuid ?? null,
    closed_at: snapshot.closedAt,
    source_branch: source.branch,
    source_hash: source.hash,
    source_repository: source.repositoryUuid,
    source_full_name: source.repositoryFullName,
    destination_branch: destination.branch,
    destination_hash: destination.hash,
    destination_repository: destination.repositoryUuid,
    destination_full_name: destination.repositoryFullName,
    merge_hash: snapshot.mergeHash,
    diffstat_url: snapshot.diffstatUrl,
    standing: toStandingText(snapshot.standing),
  };
}

const allSeenWithTheRow = Object.fromEntries(knowableFields.map((field) => [`${field}_seen`, null])) as Record<
  SeenField,
  null
>;

/**
 * The row after both, whichever came first and however often. What every snapshot tells is taken from the newest; what
 * one may not know, from the newest that knew it.
 */
export function mergeSnapshots(before: PullRequestRow | null, next: SnapshotRow): PullRequestRow {
  if (before === null) {
    return { ...next, ...nothingLearnt };
  }
  const core = pickNewer(coreOf(before), coreOf(next));
  const merged: Record<string, unknown> = { ...before, ...core };
  for (const field of knowableFields) {
    const kept = pickNewestKnown(toKnown(before, field), toKnown(next, field));
    merged[field] = kept.value;
    merged[`${field}_seen`] = kept.value === null || kept.seen === core.seen ? null : kept.seen;
  }
  return merged as unknown as PullRequestRow;
}

function coreOf(row: SnapshotRow) {
  const { title, state, is_draft, is_queued, opened_at, updated_at, seen } = row;
  return { title, state, is_draft, is_queued, opened_at, updated_at, seen };
}

function toKnown(row: SnapshotRow, field: KnowableField): Knowable {
  return { value: row[field], seen: row[`${field}_seen`] ?? row.seen };
}
