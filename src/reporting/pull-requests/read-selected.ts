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

/** A list of rows that were chosen on columns, and how they are read with all their words. */
export interface ChosenList<Item> {
  readonly selected: Chosen;
  readonly filter: { readonly isRaw: boolean };
  /** `null`: it is gone from the list since the version was read. */
  readonly toItem: (merge: DerivedMerge) => Item | null;
}

type Merges = Pick<WorkspaceVersion, 'merges'>;

/** A page of them: only its rows are read. */
export async function readSelected<Item>(version: Merges, list: ChosenList<Item>, page: RowPage): Promise<Rows<Item>> {
  const { selected } = list;
  const { places, next } = pickPage(page, {
    count: selected.count,
    toKey: (index) => ({ at: selected.at(index).at, id: formatDeployId(selected.at(index)) }),
  });
  return { items: await readPlaces(version, list, places), next };
}

/** So few that what was read for some is let go before it has become old, and that nobody waits for their turn long. */
const readAtOnce = 50;

/** All of them, newest first, some at a time. */
export async function* streamSelected<Item>(version: Merges, list: ChosenList<Item>): AsyncGenerator<readonly Item[]> {
  for (let end = list.selected.count; end > 0; end -= readAtOnce) {
    const places = Array.from({ length: Math.min(readAtOnce, end) }, (_, index) => end - 1 - index);
    yield await readPlaces(version, list, places);
  }
}

async function readPlaces<Item>(
  { merges }: Merges,
  { selected, filter, toItem }: ChosenList<Item>,
  places: readonly number[],
): Promise<Item[]> {
  const keys = places.map((index) => selected.at(index));
  const read = await merges.read(keys, filter);
  const byId = new Map(read.map((merge) => [formatDeployId(merge.row), merge]));
  return keys.flatMap((key) => {
    const merge = byId.get(formatDeployId(key));
    return (merge === undefined ? null : toItem(merge)) ?? [];
  });
}
