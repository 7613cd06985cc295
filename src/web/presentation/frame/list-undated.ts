import type { UndatedMergeItem } from '../../../reporting/answers/pull-requests';
import { mostNamed } from './undated-view';
import type { OpenedPage } from './page-context';

/** The merges without a date that a page names. */
export function listUndated({ snapshot, filter }: OpenedPage): readonly UndatedMergeItem[] {
  return snapshot.listUndatedMerges(filter, { limit: mostNamed, cursor: null }).items;
}
