import { formatDeployId } from '../../domain/deployments/deploy-id';
import type { DeployIdParts } from '../../domain/deployments/deploy-id';
import type { Instant } from '../../domain/instant';
import type { DerivedMerge } from '../facts/derive-rows';
import { pickPage, type RowPage, type Rows } from '../filter/row-page';
import type { WorkspaceVersion } from '../version/workspace-version';

/** Rows chosen on columns: ascending by their moment, then by id as text. */
export interface Chosen {
  readonly count: number;
  at(index: number): DeployIdParts & { readonly at: Instant };
}

interface Reading<Item> {
  readonly filter: { readonly isRaw: boolean };
  readonly page: RowPage;
  /** `null`: it is gone from the list since the version was read. */
  readonly toItem: (merge: DerivedMerge) => Item | null;
}

/** A page of rows that were chosen on columns: only those of the page are read with all their words. */
export async function readSelected<Item>(
  version: Pick<WorkspaceVersion, 'merges'>,
  selected: Chosen,
  { filter, page, toItem }: Reading<Item>,
): Promise<Rows<Item>> {
  const { places, next } = pickPage(page, {
    count: selected.count,
    toKey: (index) => ({ at: selected.at(index).at, id: formatDeployId(selected.at(index)) }),
  });
  const keys = places.map((index) => selected.at(index));
  const read = await version.merges.read(keys, filter);
  const byId = new Map(read.map((merge) => [formatDeployId(merge.row), merge]));
  const items = keys.flatMap((key) => {
    const merge = byId.get(formatDeployId(key));
    return (merge === undefined ? null : toItem(merge)) ?? [];
  });
  return { items, next };
}
