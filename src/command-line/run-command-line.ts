import { CommanderError } from 'commander';
import type { Act } from './commands/help';
import type { CommandContext, CommandNeeds } from './commands/operations';
import { exitCodes, type ExitCode, type ExitName } from './outcomes/exit-codes';
import { createProgram, hideValues } from './program';
import { refuseSecrets } from './refuse-secrets';
import { createReport, type Report } from './terminal/report';
import type { Terminal } from './terminal/terminal';

/** Runs one command and says how it ended. `args`: what stands behind the name of the program. */
export async function runCommandLine(
  args: readonly string[],
  terminal: Terminal,
  needs: CommandNeeds,
): Promise<ExitCode> {
  const isVerbose = args.includes('--verbose');
  const report = createReport(terminal, { isJson: args.includes('--json'), isVerbose });
  try {
    refuseSecrets(args);
    return exitCodes[await run(args, { terminal, report, needs, isVerbose })];
  } catch (error) {
    return exitCodes[tellFailure(error, report)];
  }
}

async function run(args: readonly string[], context: CommandContext): Promise<ExitName> {
  const { terminal, needs } = context;
  let exit: ExitName = 'done';
  const act: Act = async (action) => {
    exit = await action(context);
  };
  await createProgram(act, { ...terminal, version: needs.version }).parseAsync(args, { from: 'user' });
  return exit;
}

/** Help and version end like that too. Commander has said on standard error what was wrong. */
function tellFailure(error: unknown, report: Report): ExitName {
  if (!(error instanceof CommanderError)) return report.failure(error);
  if (error.exitCode === 0) return 'done';
  const isHelp = error.code === 'commander.help';
  return report.wrongUse(isHelp ? 'No command was given.' : hideValues(error.message.replace(/^error: /u, '')));
}
