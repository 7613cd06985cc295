import type { OpenSight } from '../../../domain/people/visible-repositories';
import { formatCount, formatCounted } from '../format/numbers';

/** Which repositories the reader of a page sees, and why; `null` where it is simply all of them, by right. */
export function formatSight({ basis, counts }: OpenSight): string | null {
  if (basis === 'everybody') return 'Everybody who can open this page sees all repositories.';
  if (basis === 'all' || counts === undefined || counts.visible === counts.all) return null;
  if (counts.visible === 0) return 'You see no repository: Bitbucket names no permission of yours in this workspace.';
  const { visible, all } = counts;
  return `You see the ${formatCount(visible)} of ${formatCounted(all, 'repository', 'repositories')} that you may read in Bitbucket.`;
}
