import type { Clock } from './domain/clock';
import type { Ingestion } from './ingestion/ingestion';
import type { Settings } from './settings';
import type { Stores } from './store/stores';

/** A worker that has not looked for work for this long is taken for dead. */
const workerSilence = 60_000;

interface HealthParts extends Pick<Ingestion, 'worker'> {
  readonly settings: Settings;
  readonly stores: Stores;
  readonly clock: Clock;
}

/** Whether this process can do its work now, and what is in its way, in words for `GET /readyz`. */
export async function checkHealth({ settings, stores, clock, worker }: HealthParts) {
  const problems: string[] = [];
  await stores.database.ping().catch(() => problems.push('The database does not answer.'));
  const isSilent = worker.lastSeenAt === null || clock.now() - worker.lastSeenAt > workerSilence;
  if (settings.role !== 'web' && isSilent) problems.push('The worker does not look for work.');
  return { ok: problems.length === 0, problems };
}
