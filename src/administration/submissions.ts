import type { Clock } from '../domain/clock';
import type { Stores } from '../store/stores';

/** The once-only marks of forms. */
export function createSubmissions(submissions: Stores['submissions'], clock: Clock) {
  return {
    /** Takes the mark of a form: `true` the first time, `false` for a second click or a repeated request. */
    claimSubmission: (workspace: string, mark: string): Promise<boolean> =>
      submissions.claim(workspace, { mark, now: clock.now() }),
    /** Gives the mark back: what the form asked for could not be done, and may be asked again. */
    releaseSubmission: (workspace: string, mark: string): Promise<void> => submissions.release(workspace, mark),
  };
}
