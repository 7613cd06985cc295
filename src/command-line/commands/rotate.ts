import type { Command } from 'commander';
import { CommandFailed } from '../outcomes/command-failed';
import type { ExitName } from '../outcomes/exit-codes';
import { describePreflight, findRefusal } from '../words/preflight-words';
import { toCheckData, toHookData, toTime } from '../words/result-data';
import { describeInstant } from '../words/times';
import { addTokenOptions, askForToken, type TokenOptions } from './ask-for-token';
import { addCommon, type Act } from './help';
import { toHookExit } from './hook';
import { orFail } from './or-fail';
import type { CommandContext } from './operations';
import { withOperations, type Work } from './with-operations';

interface RotateOptions extends TokenOptions {
  readonly hookSecret?: true;
}

export function addRotate(program: Command, act: Act): void {
  const command = program
    .command('rotate')
    .summary('give a workspace a new token, or its webhook a new secret')
    .description(
      'Proves a new token and puts it in the place of the old one; work that is under way goes on. Make it before you revoke the old one.',
    )
    .argument('<workspace>', 'short name of the workspace');
  addTokenOptions(command)
    .option('--hook-secret', 'a new secret for the webhook instead; the old one is accepted for an hour')
    .action((workspace: string, options: RotateOptions) => act((context) => runRotate(context, workspace, options)));
  addCommon(command, {
    examples: [
      ['Ask for the new token', 'drumbeat rotate acme'],
      [
        'From a file, with the day on which it ends',
        'drumbeat rotate acme --token-file token.txt --expires 2027-03-12',
      ],
      ['A new secret for the webhook', 'drumbeat rotate acme --hook-secret'],
    ],
    exits: ['done', 'failed', 'wrongUse', 'refused', 'unreachable', 'interrupted'],
  });
}

async function runRotate(context: CommandContext, workspaceName: string, options: RotateOptions): Promise<ExitName> {
  const { hookSecret, tokenFile, email, expires } = options;
  if (hookSecret === true && (tokenFile ?? email ?? expires) !== undefined) {
    throw new CommandFailed('wrongUse', '--hook-secret stands alone: it is no token that is rotated then.');
  }
  return withOperations<ExitName>(context, { mayMakeDatabase: false }, (work) =>
    hookSecret === true
      ? rotateHookSecret(context, work, workspaceName)
      : rotateToken(context, work, { workspaceName, options }),
  );
}

async function rotateToken(
  context: CommandContext,
  { operations }: Work,
  { workspaceName, options }: { readonly workspaceName: string; readonly options: RotateOptions },
): Promise<ExitName> {
  const { report, terminal } = context;
  const asked = await askForToken(context, options);
  // Without one it stays a token of the same kind, of the same account.
  const email = options.email === undefined ? {} : { email: options.email };
  const { outcome, preflight } = await operations.connections.rotate({ ...asked, ...email, workspaceName });
  const { workspace, checks } = preflight;
  report.result({ outcome, workspace, checks: toCheckData(checks) }, () => describePreflight(preflight, terminal));
  if (outcome === 'refused') {
    terminal.tell('The old token stays in its place.');
    return findRefusal(preflight) ?? 'refused';
  }
  terminal.tell(`${workspace?.name ?? workspaceName} has a new token. The old one can be revoked in Bitbucket.`);
  return 'done';
}

async function rotateHookSecret(
  { report, terminal, needs }: CommandContext,
  { operations }: Work,
  workspaceName: string,
): Promise<ExitName> {
  const { outcome, hook, previousUntil } = orFail(await operations.connections.rotateHookSecret({ workspaceName }));
  const previous =
    previousUntil === null
      ? 'until Bitbucket has the new one'
      : `until ${describeInstant(previousUntil, needs.clock.now())}`;
  report.result({ outcome, hook: toHookData(hook), previous_until: toTime(previousUntil) }, () => hook.sentence);
  terminal.tell(`The secret before is accepted ${previous}.`);
  if (hook.wayOut !== null) terminal.tell(`→ ${hook.wayOut}`);
  return toHookExit(hook);
}
