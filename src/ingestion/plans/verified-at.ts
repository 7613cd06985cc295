import { computeAge, type Instant } from '../../domain/instant';
import type { Repository } from '../../store/repositories/repository-store';
import type { WorkParts } from '../requests/work-parts';

/** A repository that cannot be compared holds the workspace back for so long; then it is only named. */
const longestHold = 24 * 60 * 60_000;

interface Compared {
  /** When the last whole reading of the list of repositories began; `null`: there was none. */
  readonly repositoriesReadAt: Instant | null;
  /** Those that are there. */
  readonly repositories: readonly Pick<Repository, 'verifiedAt' | 'problemSince'>[];
  readonly now: Instant;
}

/**
 * The moment up to which every repository has been compared with Bitbucket: the earliest of their marks, and never after
 * the list of them was read. `null` while that is not known: a history is still being imported, or there is nothing that
 * was compared. Repositories that have been refused for more than a day are left out of it, but not if those are all.
 */
export function toVerifiedAt({ repositoriesReadAt, repositories, now }: Compared): Instant | null {
  const holding = repositories.filter(({ problemSince }) => problemSince === null || now - problemSince < longestHold);
  if (repositoriesReadAt === null || (holding.length === 0 && repositories.length > 0)) return null;
  return holding.reduce<Instant | null>(
    (earliest, { verifiedAt }) => (earliest === null || verifiedAt === null ? null : Math.min(earliest, verifiedAt)),
    repositoriesReadAt,
  );
}

/** After something was compared, or imported: moves the workspace's mark as far as the repositories' allow. */
export async function moveVerifiedAt(
  { stores, clock }: Pick<WorkParts, 'stores' | 'clock'>,
  workspace: string,
): Promise<void> {
  const found = await stores.workspaces.get(workspace);
  if (found === null) return;
  const repositories = await stores.repositories.list(workspace);
  const at = toVerifiedAt({ repositoriesReadAt: found.repositoriesReadAt, repositories, now: clock.now() });
  if (at === null) return;
  // One that lies ahead was set by a clock that was wrong: it would stay until the clock has come there.
  const isWrong = found.verifiedAt !== null && computeAge(found.verifiedAt, clock.now()) === Infinity;
  if (isWrong) await stores.workspaces.update(workspace, { verifiedAt: at });
  else await stores.workspaces.moveVerifiedAt(workspace, at);
}
