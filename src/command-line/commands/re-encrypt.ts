import type { Command } from 'commander';
import { CommandFailed } from '../outcomes/command-failed';
import type { ExitName } from '../outcomes/exit-codes';
import { addCommon, type Act } from './help';
import type { CommandContext, ReEncrypted } from './operations';
import { withOperations } from './with-operations';

export function addReEncrypt(program: Command, act: Act): void {
  const command = program
    .command('re-encrypt')
    .summary('encrypt secrets with a new key')
    .description(
      'Encrypts everything that is encrypted in the database with ENCRYPTION_KEY, where it is still encrypted with ENCRYPTION_KEY_PREVIOUS. The server may run meanwhile, once it was started with both keys; stopped anywhere, the command goes on where it was when it is run again. Afterwards ENCRYPTION_KEY_PREVIOUS may be taken away.',
    )
    .action(() => act(runReEncrypt));
  addCommon(command, {
    examples: [
      ['After the server was started with the new key and the one before', 'drumbeat re-encrypt'],
      ['In a script', 'drumbeat re-encrypt --json'],
    ],
    exits: ['done', 'failed', 'wrongUse', 'unreachable', 'attention', 'interrupted'],
  });
}

async function runReEncrypt(context: CommandContext): Promise<ExitName> {
  return withOperations<ExitName>(context, { mayMakeDatabase: false }, async ({ operations }) => {
    const done = await operations.reEncrypt();
    if (done === 'no previous key') {
      throw new CommandFailed(
        'wrongUse',
        'ENCRYPTION_KEY_PREVIOUS is not set, so there is no second key to open anything with.',
        'Set it to the key before, and ENCRYPTION_KEY to the new one.',
      );
    }
    const { changed, total, unreadable } = done;
    context.report.result({ changed, total, unreadable }, () => describe(done));
    if (unreadable === 0) return 'done';
    context.terminal.tell('→ What no key opens stays as it is: these workspaces have to be connected again.');
    return 'attention';
  });
}

function describe({ changed, total, unreadable }: ReEncrypted): string {
  const lost = unreadable === 0 ? '' : ` ${count(unreadable)} opened by neither key.`;
  return `${count(total)} encrypted with ENCRYPTION_KEY, ${changed} of them anew.${lost} ENCRYPTION_KEY_PREVIOUS may be taken away.`;
}

const count = (secrets: number): string => (secrets === 1 ? '1 secret is' : `${secrets} secrets are`);
