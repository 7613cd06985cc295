import type { Clock } from './domain/clock';
import { computeAge } from './domain/instant';
import type { Ingestion } from './ingestion/ingestion';
import type { Core } from './open-core';
import type { Settings } from './settings';

/** A worker that has not looked for work for this long is taken for dead. */
const workerSilence = 60_000;
/** The answer must be there before whoever asks gives up, usually after five seconds. */
const probeTimeoutMs = 3_000;
/** However many ask, the database is asked once in this time. */
const probeEveryMs = 1_000;

const hangs = 'The database has not taken a write for three seconds: it hangs, or somebody else has locked it.';

interface HealthParts extends Pick<Ingestion, 'worker'> {
  readonly settings: Pick<Settings, 'role'>;
  readonly core: Pick<Core, 'probe'>;
  readonly clock: Clock;
  /** The process was asked to stop. */
  readonly isLeaving: () => boolean;
}

/** Whether this process can do its work now, and what is in its way, in words for `GET /readyz`. */
export function createHealth({ settings, core, clock, worker, isLeaving }: HealthParts) {
  const probe = createSharedProbe(core.probe, clock);
  return async (): Promise<{ readonly ok: boolean; readonly problems: readonly string[] }> => {
    if (isLeaving()) return { ok: false, problems: ['This process is about to end.'] };
    const problem = await probe();
    const problems = problem === null ? [] : [problem];
    const isSilent = worker.lastSeenAt === null || computeAge(worker.lastSeenAt, clock.now()) > workerSilence;
    if (settings.role !== 'web' && isSilent) problems.push('The worker does not look for work.');
    return { ok: problems.length === 0, problems };
  };
}

/** Those who ask at once share one try. One that does not end is an answer too, and no other is begun beside it. */
function createSharedProbe(probe: Core['probe'], clock: Clock): () => Promise<string | null> {
  let last: { readonly at: number; readonly result: Promise<string | null> } | null = null;
  let isUnderWay = false;
  const begin = (now: number): Promise<string | null> => {
    isUnderWay = true;
    const result = probe(now).finally(() => (isUnderWay = false));
    last = { at: now, result };
    return result;
  };
  return async () => {
    const now = clock.now();
    const isFresh = last !== null && (isUnderWay || Math.abs(now - last.at) < probeEveryMs);
    const result = isFresh && last !== null ? last.result : begin(now);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => (timer = setTimeout(() => resolve(hangs), probeTimeoutMs)));
    try {
      return await Promise.race([result, late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
