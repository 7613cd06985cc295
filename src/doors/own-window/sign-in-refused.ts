import type { SignInProblem } from '../own-window';

/** Somebody cannot be signed in. Holds nothing that came from outside. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  constructor(readonly reason: SignInProblem) {
    super(`Nobody was signed in: ${reason}.`);
  }
}
