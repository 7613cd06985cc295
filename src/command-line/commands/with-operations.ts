import { exitCodes } from '../outcomes/exit-codes';
import { listenToInterrupts, type Interrupts } from '../terminal/interrupts';
import type { CommandContext, Operations, OpenOptions } from './operations';

/** A command at work. */
export interface Work {
  readonly operations: Operations;
  readonly interrupts: Interrupts;
}

/** Opens what the command needs, and closes it whatever happens. */
export async function withOperations<T>(
  { terminal, needs, isVerbose }: CommandContext,
  options: Pick<OpenOptions, 'mayMakeDatabase'>,
  work: (work: Work) => Promise<T>,
): Promise<T> {
  const interrupts = listenToInterrupts(needs, () => {
    terminal.tell('Stopped. What was done so far stands: "drumbeat status" shows it.');
    needs.exit(exitCodes.interrupted);
  });
  const operations = await needs.open({ ...options, isVerbose });
  try {
    return await work({ operations, interrupts });
  } finally {
    interrupts.stop();
    await operations.close();
  }
}
