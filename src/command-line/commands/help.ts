import type { Command } from 'commander';
import { exitCodes, exitMeanings, type ExitName } from '../outcomes/exit-codes';
import type { CommandContext } from './operations';

/** How a command is run: the action gets what it works with, and gives how it ended. */
export type Act = (action: (context: CommandContext) => Promise<ExitName>) => Promise<void>;

interface HelpParts {
  /** What it does, and the command. */
  readonly examples: readonly (readonly [does: string, command: string])[];
  readonly exits: readonly ExitName[];
  /** Writes its log anyway. */
  readonly isServer?: true;
}

/** What every command has, and the end of its help. */
export function addCommon(command: Command, { examples, exits, isServer }: HelpParts): void {
  command.option('--json', 'print the result as JSON on standard output, and nothing else there');
  if (isServer !== true) command.option('--verbose', 'write the log to standard error as well');
  command.addHelpText('after', `\n${listExamples(examples)}\n\n${listExits(exits)}`);
}

/** The end of a help text: examples to copy. */
export function listExamples(examples: HelpParts['examples']): string {
  return ['Examples:', ...examples.flatMap(([does, command]) => [`  # ${does}`, `  ${command}`])].join('\n');
}

export function listExits(exits: readonly ExitName[]): string {
  const lines = exits.map((exit) => `  ${String(exitCodes[exit]).padStart(3)}  ${exitMeanings[exit]}`);
  return ['Exit codes:', ...lines].join('\n');
}
