import { inspect } from 'node:util';
import { CommandFailed } from '../outcomes/command-failed';
import { exitCodes, type ExitName } from '../outcomes/exit-codes';
import type { Terminal } from './terminal';

/** What `--json` prints: snake_case names that stay. */
type Result = Readonly<Record<string, unknown>>;

/** How a command tells its outcome: once, in words or as one JSON object on standard output. */
export interface Report {
  readonly isJson: boolean;
  /** `text` is made only where a person reads it; `null`: there is nothing to print. */
  result(data: Result, text: () => string | null): void;
  /** In words and as JSON; gives how the command ends. */
  failure(error: unknown): ExitName;
  /** What was typed makes no command. A person has been told already. */
  wrongUse(sentence: string): ExitName;
}

interface ReportOptions {
  readonly isJson: boolean;
  /** Faults of ours are told with all there is to report. */
  readonly isVerbose: boolean;
}

export function createReport(terminal: Terminal, options: ReportOptions): Report {
  const { isJson } = options;
  const printFailure = ({ exit, sentence, wayOut }: CommandFailed): ExitName => {
    const outcome = exit === 'wrongUse' ? 'wrong_use' : exit;
    const data = { outcome, exit_code: exitCodes[exit], sentence, way_out: wayOut };
    if (isJson) terminal.print(JSON.stringify(data, null, 2));
    return exit;
  };
  return {
    isJson,
    result(data, text) {
      const said = isJson ? JSON.stringify(data, null, 2) : text();
      if (said !== null) terminal.print(said);
    },
    failure(error) {
      const failed = error instanceof CommandFailed ? error : toFault(error, options);
      terminal.tell([failed.sentence, failed.wayOut].filter((line) => line !== null).join('\n'));
      return printFailure(failed);
    },
    wrongUse: (sentence) => printFailure(new CommandFailed('wrongUse', sentence, 'Look at --help.')),
  };
}

function toFault(error: unknown, { isVerbose }: ReportOptions): CommandFailed {
  const sentence = `Drumbeat failed through a fault of its own: ${isVerbose ? inspect(error) : String(error)}`;
  return new CommandFailed('failed', sentence, isVerbose ? null : 'With --verbose it says more; please report it.');
}
