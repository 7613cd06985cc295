import type { Clock } from '../domain/clock';
import type { Correction } from '../domain/corrections/correction';
import type { Stores } from '../store/stores';

interface NewCorrection extends Pick<Correction, 'kind' | 'subject' | 'target' | 'reason'> {
  /** Uuid of the viewer; `null` where Bitbucket did not name one. */
  readonly by: string | null;
}

/** What is put right by hand beside the facts, each change with who made it and when. */
export function createCorrecting(corrections: Stores['corrections'], clock: Clock) {
  return {
    /** `false` when a correction of the same kind and subject is in force already. */
    async correct(workspace: string, { by, ...correction }: NewCorrection): Promise<boolean> {
      const made = { ...correction, madeBy: by, madeAt: clock.now() };
      return (await corrections.add(workspace, made)) !== null;
    },
    /** `false` when it is not there or undone already. */
    undoCorrection: (workspace: string, id: string, by: string | null): Promise<boolean> =>
      corrections.undo(workspace, { id, by, now: clock.now() }),
  };
}
