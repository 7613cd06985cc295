import type { ExitName } from './exit-codes';

/** A command that ends otherwise than it was meant to, for a reason that its user can mend. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  /**
   * `sentence`: what is so, without a secret; `wayOut`: what to do next, `null` where the sentence says it.
   */
  constructor(
    readonly exit: Exclude<ExitName, 'done'>,
    readonly sentence: string,
    readonly wayOut: string | null = null,
  ) {
    super(sentence);
  }
}
