import type { Snapshot } from '../../../../reporting/snapshot';
import { deploymentsWords as words } from './words';

const { compare } = new Intl.Collator('en', { numeric: true });

/** What counts as a deployment in each repository: merges, which say nothing of when production had them. */
export function buildDeploymentsView({ systems }: Pick<Snapshot, 'systems'>) {
  return {
    repositories: systems
      .toSorted((a, b) => compare(a.name, b.name))
      .map(({ name }) => ({ name, counts: words.merges, mark: { word: words.estimate, tone: 'warning' } })),
  };
}
