import type { Clock } from '../domain/clock';
import type { Instant } from '../domain/instant';
import type { Stores } from '../store/stores';

const hour = 3_600_000;

/**
 * Work that erases everything of a workspace which stayed uninstalled for the whole time. What was promised is never
 * given up.
 */
export function createErasure({ workspaces, erasure }: Pick<Stores, 'workspaces' | 'erasure'>, clock: Clock) {
  return {
    lane: 'import',
    neverGivenUp: { longestPauseMs: hour },
    async run({ workspace }: { readonly workspace: string }): Promise<'done' | { readonly againAt: Instant }> {
      const found = await workspaces.get(workspace);
      if (found?.eraseAt == null) return 'done';
      if (found.eraseAt > clock.now()) return { againAt: found.eraseAt };
      await erasure.erase(workspace);
      return 'done';
    },
  } as const;
}
