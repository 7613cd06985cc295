import type { PullRequestSnapshot, PullRequestState } from '../../domain/pull-requests/pull-request';
import { toStandingText } from './standing-text';
import {
  knowableFields,
  nothingLearnt,
  type KnowableField,
  type PullRequestRow,
  type SeenField,
  type SnapshotRow,
} from './pull-request-row';

const finality: Readonly<Record<PullRequestState, number>> = { OPEN: 0, DECLINED: 2, SUPERSEDED: 2, MERGED: 3 };

/** How new a snapshot is: by Bitbucket's `updated_on`, of two at the same instant by the more final state. */
function toPrecedence(snapshot: PullRequestSnapshot): number {
  return snapshot.updatedAt * 4 + finality[snapshot.state];
}

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
    seen: toPrecedence(snapshot),
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
 * The row after both, whichever came first and however often. What every snapshot tells is taken from
 * the newest; what one may not know, from the newest that knew it: a list entry without a field, or a
 * deleted fork, wipes nothing out. Ties fall to the greater text, so that they fall the same way always.
 */
export function mergeSnapshots(before: PullRequestRow | null, next: SnapshotRow): PullRequestRow {
  if (before === null) {
    return { ...next, ...nothingLearnt };
  }
  const core = isNewer(next, before) ? next : before;
  const merged: Record<string, unknown> = { ...before, ...coreOf(core) };
  for (const field of knowableFields) {
    const kept = newestKnown(before, next, field);
    merged[field] = kept.value;
    merged[`${field}_seen`] = kept.value === null || kept.seen === core.seen ? null : kept.seen;
  }
  return merged as unknown as PullRequestRow;
}

function coreOf(row: SnapshotRow): Partial<SnapshotRow> {
  const { title, state, is_draft, is_queued, opened_at, updated_at, seen } = row;
  return { title, state, is_draft, is_queued, opened_at, updated_at, seen };
}

function isNewer(next: SnapshotRow, before: SnapshotRow): boolean {
  return next.seen === before.seen
    ? JSON.stringify(coreOf(next)) > JSON.stringify(coreOf(before))
    : next.seen > before.seen;
}

interface Known {
  readonly value: string | number | null;
  readonly seen: number;
}

function newestKnown(before: SnapshotRow, next: SnapshotRow, field: KnowableField): Known {
  const old = toKnown(before, field);
  const young = toKnown(next, field);
  if (old.value === null || young.value === null) {
    return old.value === null ? young : old;
  }
  if (old.seen === young.seen) {
    return String(young.value) > String(old.value) ? young : old;
  }
  return young.seen > old.seen ? young : old;
}

function toKnown(row: SnapshotRow, field: KnowableField): Known {
  return { value: row[field], seen: row[`${field}_seen`] ?? row.seen };
}
