import type { SystemItem } from '../answers/choices';
import { toChoice, type WorkspaceVersion } from './workspace-version';

/** A report for each system, in the order of the systems. */
export type PerSystem<Report> = readonly { readonly system: SystemItem; readonly report: Report }[];

/** The systems that pass the filter. Those that a rule leaves out have no numbers to show. */
export function pickCountedSystems(
  { known, systems }: WorkspaceVersion,
  filter: { readonly systems: readonly string[] | null },
): readonly SystemItem[] {
  const leftOut = new Set(known.settings.exclusions.repositories);
  const isChosen = toChoice(filter.systems);
  return systems.items.filter(({ uuid }) => isChosen(uuid) && !leftOut.has(uuid));
}
