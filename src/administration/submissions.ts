import type { Clock } from '../domain/clock';
import type { Stores } from '../store/stores';

/** The once-only marks of forms. */
export interface Submissions {
  /** Takes the mark of a form: `true` the first time, `false` for a second click or a repeated request. */
  claimSubmission(workspace: string, mark: string): Promise<boolean>;
  /** Gives the mark back: what the form asked for could not be done, and may be asked again. */
  releaseSubmission(workspace: string, mark: string): Promise<void>;
}

export function createSubmissions(submissions: Stores['submissions'], clock: Clock): Submissions {
  return {
    claimSubmission: (workspace, mark) => submissions.claim(workspace, { mark, now: clock.now() }),
    releaseSubmission: (workspace, mark) => submissions.release(workspace, mark),
  };
}
