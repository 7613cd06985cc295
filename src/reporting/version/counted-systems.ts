import type { SystemItem } from '../answers/choices';
import { toChoice, type WorkspaceVersion } from './workspace-version';

/** A report for each system, in the order of the systems. */
type PerSystem<Report> = readonly { readonly system: SystemItem; readonly report: Report }[];

/**
 * The same report for each system that passes the filter, without series. Those that a rule leaves out have no numbers
 * to show.
 */
export function computePerSystem<Filter extends { readonly systems: readonly string[] | null }, Report>(
  version: WorkspaceVersion,
  filter: Filter,
  compute: (version: WorkspaceVersion, filter: Filter, interval: null) => Report,
): PerSystem<Report> {
  const { repositories } = version.known.settings.exclusions;
  const isChosen = toChoice(filter.systems);
  return version.systems.items
    .filter(({ uuid }) => isChosen(uuid) && !repositories.includes(uuid))
    .map((system) => ({ system, report: compute(version, { ...filter, systems: [system.uuid] }, null) }));
}
