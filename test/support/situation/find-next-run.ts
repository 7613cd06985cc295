import type { Instant } from '../../../src/domain/instant';
import type { Stores } from '../../../src/store/stores';
import { jobs } from '../../../src/store/schema/work';

/** When the next job of these kinds can be claimed: as soon as it is due and no lease is on it; `null`: never. */
export async function findNextRunAt(
  { database }: Pick<Stores, 'database'>,
  kinds: readonly string[],
): Promise<Instant | null> {
  const waiting = await database.find(jobs, { where: { state: 'ready' } });
  const times = waiting
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ runAt, leasedUntil }) => Math.max(runAt, leasedUntil ?? 0));
  return times.length === 0 ? null : Math.min(...times);
}
