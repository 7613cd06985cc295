import type { DeliveryFilter, VisibleFilter } from './delivery-filter';

/**
 * The one place where it is decided what a filter chooses among: without a choice it is all that its reader may see, and
 * with one what of it they may see. `visible`: uuids of repositories; `null`: all.
 */
export function limitFilter(filter: DeliveryFilter, visible: readonly string[] | null): VisibleFilter {
  return { ...filter, systems: limitSystems(filter.systems, visible) };
}

function limitSystems(chosen: readonly string[], visible: readonly string[] | null): readonly string[] | null {
  if (chosen.length === 0) return visible;
  return visible === null ? chosen : chosen.filter((uuid) => visible.includes(uuid));
}
