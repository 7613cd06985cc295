import type { Reporting } from '../../../reporting/reporting';
import type { UndatedMergeItem } from '../../../reporting/delivery/undated-merges';
import { mostNamed } from './undated-view';
import type { PageGround } from './page-context';

/** The merges without a date that a page names: asked for only where its report has counted some. */
export async function loadUndated(
  { workspace, filter }: PageGround,
  reporting: Reporting,
  count: number,
): Promise<readonly UndatedMergeItem[]> {
  return count === 0
    ? []
    : (await reporting.loadUndatedMerges(workspace, filter, { limit: mostNamed, cursor: null })).items;
}
