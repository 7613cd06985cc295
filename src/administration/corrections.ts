import type { Clock } from '../domain/clock';
import type { CorrectionKind } from '../domain/corrections/correction';
import type { Stores } from '../store/stores';

export interface NewCorrection {
  readonly kind: CorrectionKind;
  readonly subject: string;
  readonly target: string | null;
  readonly reason: string;
  /** Uuid of the viewer; `null` where Bitbucket did not name one. */
  readonly by: string | null;
}

/** What is put right by hand beside the facts, each change with who made it and when. */
export interface Correcting {
  /** `false` when a correction of the same kind and subject is in force already. */
  correct(workspace: string, correction: NewCorrection): Promise<boolean>;
  /** `false` when it is not there or undone already. */
  undoCorrection(workspace: string, id: string, by: string | null): Promise<boolean>;
}

export function createCorrecting(corrections: Stores['corrections'], clock: Clock): Correcting {
  return {
    async correct(workspace, { by, ...correction }) {
      const made = { ...correction, madeBy: by, madeAt: clock.now() };
      return (await corrections.add(workspace, made)) !== null;
    },
    undoCorrection: (workspace, id, by) => corrections.undo(workspace, { id, by, now: clock.now() }),
  };
}
