import { isSizedAt } from '../../domain/pull-requests/size';
import type { PullRequestRow } from '../schema/pull-requests';

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
export function toSizeOf({ sizeHead, sourceHash, linesAdded, linesRemoved }: PullRequestRow): SizeAtHead {
  const isSizeTried = isSizedAt(sizeHead, sourceHash);
  return isSizeTried
    ? { linesAdded, linesRemoved, isSizeTried }
    : { linesAdded: null, linesRemoved: null, isSizeTried };
}
