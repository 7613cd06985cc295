import type { StoredProgress } from '../../store/progress/progress-store';

/** What Bitbucket's clock is ahead of ours by, while its calls are refused for that alone; `null`: they are not. */
export function findClockAhead(connection: StoredProgress['connection']): number | null {
  return connection === null || connection.status === 'uninstalled' ? null : connection.clockAheadSeconds;
}

/** The sentence for pages and API. */
export function toClockProblem(aheadSeconds: number): string {
  return (
    `Bitbucket's notices are refused because their clock and ours differ by ${Math.abs(aheadSeconds)} seconds: ` +
    'check the clock of this machine.'
  );
}
