/**
 * The process cannot start and whoever runs it can mend that. The message is one sentence without a line break: the
 * variable to change, what is wrong with it and what to do; never a password.
 */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}
