import type { SignInProblem } from '../own-window';

/** Somebody cannot be signed in. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  constructor(
    readonly reason: SignInProblem,
    /** For the log, in words of ours: which step, and a status or a code. Never a piece of what was answered. */
    readonly detail: string | null = null,
  ) {
    super(`Nobody was signed in: ${reason}.`);
  }
}
