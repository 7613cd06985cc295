import type { SystemItem } from '../answers/choices';
import type { WorkspaceVersion } from './workspace-version';

/** Of the given systems, or with none given of all, those that no rule leaves out: the others have no numbers to show. */
export function listCountedSystems(
  { systems, known }: Pick<WorkspaceVersion, 'systems' | 'known'>,
  filter: { readonly systems: readonly string[] },
): SystemItem[] {
  const { repositories } = known.corrected.settings.exclusions;
  return systems.items.filter(
    ({ uuid }) => (filter.systems.length === 0 || filter.systems.includes(uuid)) && !repositories.includes(uuid),
  );
}
