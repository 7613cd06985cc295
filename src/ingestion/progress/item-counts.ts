import type { ImportCounts } from '../../store/progress/progress-store';

/** Pull requests of a repository, and those of them that are read; `total` `null`: nobody knows how many there are. */
export interface ItemCounts {
  readonly total: number | null;
  readonly done: number;
}

/** While the list is being read the total is what Bitbucket says, if it does. */
export function toItemCounts({ phase, expected: told, total, unreadCommits }: ImportCounts): ItemCounts {
  if (phase === 'pull_requests' || phase === 'open') {
    const expected = Math.max(total, told ?? 0);
    return { total: expected === 0 ? null : expected, done: 0 };
  }
  if (phase === 'done') return { total, done: total };
  return { total, done: phase === 'activity' ? 0 : total - unreadCommits };
}

export function sumCounts(counts: readonly ItemCounts[]): { total: number; done: number } {
  return { total: sum(counts.map(({ total }) => total ?? 0)), done: sum(counts.map(({ done }) => done)) };
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
