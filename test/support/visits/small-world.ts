import { createRepository, growRepository } from '../../../simulator/world/growth/grow-repository';
import { createSampleGroups, createSampleStaff } from '../../../simulator/world/people';
import { createChance } from '../../../simulator/world/random';
import { createWorkspace } from '../../../simulator/world/growth/sample-world';
import type { MergeStrategy, World } from '../../../simulator/world/model';

const day = 86_400_000;
const strategies: readonly MergeStrategy[] = ['squash', 'merge_commit', 'rebase'];

/** Three busy repositories and a quiet one over the last hundred days: all that pages show, imported in a moment. */
export function createSmallWorld(now: number, pullRequests = 30): World {
  const staff = createSampleStaff();
  const busy = strategies.map((strategy, index) => {
    const slug = ['shop', 'pay', 'find'][index] ?? strategy;
    return growRepository(
      {
        slug,
        name: `The ${slug} service`,
        language: 'go',
        mainBranch: 'main',
        strategy,
        pullRequests,
        from: now - 100 * day,
        now,
        authors: staff.staff.slice(index * 4, index * 4 + 9),
        bots: staff.bots,
        former: staff.former,
        badReleaseAt: index === 1 ? now - 20 * day : null,
      },
      createChance(40 + index),
    );
  });
  const quiet = createRepository({
    slug: 'quiet',
    name: 'Quiet',
    language: '',
    strategy: 'squash',
    from: now - 300 * day,
  });
  const groups = createSampleGroups(staff.staff);
  const repositories = [...busy, quiet];
  return { seed: 4, workspaces: [createWorkspace('acme', { name: 'Acme', staff, groups, repositories, now })] };
}
