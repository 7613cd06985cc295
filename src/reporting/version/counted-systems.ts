import type { SystemItem } from '../answers/choices';
import type { WorkspaceVersion } from './workspace-version';

/** Of the given systems, or with none given of all, those that no rule leaves out: the others have no numbers to show. */
function listCountedSystems(
  { systems, known }: Pick<WorkspaceVersion, 'systems' | 'known'>,
  filter: { readonly systems: readonly string[] },
): SystemItem[] {
  const { repositories } = known.corrected.settings.exclusions;
  return systems.items.filter(
    ({ uuid }) => (filter.systems.length === 0 || filter.systems.includes(uuid)) && !repositories.includes(uuid),
  );
}

/** A report for each system that passes the filter and counts, in the order of the systems. */
export function computePerSystem<Filter extends { readonly systems: readonly string[] }, Report>(
  version: WorkspaceVersion,
  filter: Filter,
  compute: (filter: Filter) => Report,
): { readonly system: SystemItem; readonly report: Report }[] {
  return listCountedSystems(version, filter).map((system) => ({
    system,
    report: compute({ ...filter, systems: [system.uuid] }),
  }));
}
