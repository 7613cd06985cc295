import { selectRows, toRowTest, type RowSelection } from '../columns/select-rows';
import type { ReviewColumns } from './review-columns';

/** Rows of the pull requests merged in the range, to any branch, that pass the filters, ascending by the merge. */
export function selectPullRequests(columns: ReviewColumns, selection: RowSelection): Uint32Array {
  return selectRows(columns.mergedAt, selection, toRowTest(columns, columns, selection));
}
