import { isSizedAt } from '../../domain/pull-requests/size';

interface SizedRow {
  readonly source_hash: string | null;
  readonly size_head: string | null;
  readonly lines_added: number | null;
  readonly lines_removed: number | null;
}

// The rule of the domain once more, word for word the condition of the partial index, which the planner uses only then.
/** A merged or open pull request `p` whose size was not tried at its present source head. */
export const lacksSize = `(p.state = 'MERGED' OR p.state = 'OPEN')
  AND (p.size_head IS NULL OR p.size_head <> substr(coalesce(p.source_hash, ''), 1, 12))`;

/** Lines added and removed together, of the pull request `p`; null unless they were read at its present source head. */
export const selectLinesChanged = `CASE WHEN p.size_head = substr(coalesce(p.source_hash, ''), 1, 12)
  THEN p.lines_added + p.lines_removed END`;

interface SizeAtHead {
  readonly linesAdded: number | null;
  readonly linesRemoved: number | null;
  readonly isSizeTried: boolean;
}

/** The size as read at the present source head of the row. */
export function toSizeOf(row: SizedRow): SizeAtHead {
  const isSizeTried = isSizedAt(row.size_head, row.source_hash);
  return isSizeTried
    ? { linesAdded: row.lines_added, linesRemoved: row.lines_removed, isSizeTried }
    : { linesAdded: null, linesRemoved: null, isSizeTried };
}
