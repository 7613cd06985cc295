import type { Command } from 'commander';
import { CommandFailed } from '../outcomes/command-failed';
import type { ExitName } from '../outcomes/exit-codes';
import { askConsent } from '../terminal/ask';
import type { Terminal } from '../terminal/terminal';
import { addCommon, type Act } from './help';
import type { CommandContext } from './operations';
import { orFail } from './or-fail';
import { withOperations } from './with-operations';

interface DisconnectOptions {
  readonly yes?: true;
  readonly backToConnect?: true;
}

export function addDisconnect(program: Command, act: Act): void {
  const command = program
    .command('disconnect')
    .summary('end the connection of a workspace')
    .description(
      'Deletes the webhook, forgets the token and closes the pages. What was imported is kept for RETENTION_DAYS, and found again when the workspace is connected until then. Where the workspace has moved to another way in, only the token and its webhook are given up.',
    )
    .argument('<workspace>', 'short name of the workspace, or its UUID with braces')
    .option(
      '--back-to-connect',
      'go back to the Connect app that is installed in the workspace; pages and numbers stay',
    )
    .option('--yes', 'do not ask whether it is meant')
    .action((workspace: string, options: DisconnectOptions) =>
      act((context) => runDisconnect(context, workspace, options)),
    );
  addCommon(command, {
    examples: [
      ['Ask whether it is meant, and disconnect', 'drumbeat disconnect acme'],
      ['In a script', 'drumbeat disconnect acme --yes'],
      ['Back to the Connect app, which is still installed', 'drumbeat disconnect acme --back-to-connect'],
    ],
    exits: ['done', 'failed', 'wrongUse', 'unreachable', 'interrupted'],
  });
}

async function runDisconnect(
  context: CommandContext,
  workspaceName: string,
  options: DisconnectOptions,
): Promise<ExitName> {
  const { report, terminal } = context;
  const backToConnect = options.backToConnect === true;
  return withOperations<ExitName>(context, { mayMakeDatabase: false }, async ({ operations }) => {
    if (options.yes !== true) await makeSure(terminal, workspaceName, backToConnect);
    const left = orFail(await operations.connections.disconnect({ workspaceName, backToConnect }));
    const { outcome, sentence, wayOut } = left;
    report.result({ outcome, sentence, way_out: wayOut }, () => sentence);
    if (wayOut !== null) terminal.tell(`→ ${wayOut}`);
    return 'done';
  });
}

async function makeSure(terminal: Terminal, workspaceName: string, backToConnect: boolean): Promise<void> {
  if (!terminal.isInteractive) {
    throw new CommandFailed('wrongUse', 'Nobody can be asked here whether it is meant.', 'Say so: --yes');
  }
  const question = backToConnect
    ? `Go back to the Connect app in ${workspaceName}, and forget the token?`
    : `Disconnect ${workspaceName}? Its pages are closed at once, unless it has moved to another way in.`;
  if (!(await askConsent(terminal, question))) throw new CommandFailed('interrupted', 'Nothing was changed.');
}
