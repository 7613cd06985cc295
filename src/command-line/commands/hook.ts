import type { Command } from 'commander';
import type { HookOutcome } from '../../doors/access-token/hook-care';
import type { ExitName } from '../outcomes/exit-codes';
import { toHookData } from '../words/result-data';
import { addCommon, type Act } from './help';
import type { CommandContext } from './operations';
import { orFail } from './or-fail';
import { withOperations } from './with-operations';

export function addHook(program: Command, act: Act): void {
  const command = program
    .command('hook')
    .summary('make, repair or print the webhook of a workspace')
    .description(
      'Makes the webhook by which Bitbucket tells what happens, or puts it right. Where the token may not, --print shows what an owner of the workspace needs to make it by hand.',
    )
    .argument('<workspace>', 'short name of the workspace')
    .option('--print', 'print the address, the secret, the events and a curl command; nothing is changed')
    .action((workspace: string, options: { readonly print?: true }) =>
      act((context) => (options.print === true ? printHook(context, workspace) : makeHook(context, workspace))),
    );
  addCommon(command, {
    examples: [
      ['Make it, or put it right', 'drumbeat hook acme'],
      ['What an owner of the workspace needs to make it by hand; it holds the secret', 'drumbeat hook acme --print'],
    ],
    exits: ['done', 'failed', 'wrongUse', 'refused', 'unreachable'],
  });
}

async function makeHook(context: CommandContext, workspaceName: string): Promise<ExitName> {
  const { report, terminal } = context;
  return withOperations<ExitName>(context, { mayMakeDatabase: false }, async ({ operations }) => {
    const hook = orFail(await operations.connections.makeHook({ workspaceName }));
    report.result({ outcome: hook.result, hook: toHookData(hook) }, () => hook.sentence);
    if (hook.wayOut !== null) terminal.tell(`→ ${hook.wayOut}`);
    return toHookExit(hook);
  });
}

const exits: Readonly<Record<HookOutcome['result'], ExitName>> = {
  made: 'done',
  repaired: 'done',
  unchanged: 'done',
  not_wanted: 'done',
  not_allowed: 'refused',
  revoked: 'refused',
  unreachable: 'unreachable',
};

/** How a command ends that was to see to the webhook. */
export function toHookExit({ result }: HookOutcome): ExitName {
  return exits[result];
}

async function printHook(context: CommandContext, workspaceName: string): Promise<ExitName> {
  return withOperations<ExitName>(context, { mayMakeDatabase: false }, async ({ operations }) => {
    const { url, secret, events, curl } = orFail(await operations.connections.printHook({ workspaceName }));
    context.report.result({ outcome: 'printed', url, secret, events, curl }, () =>
      [
        `Address: ${url}`,
        `Secret:  ${secret}`,
        `Events:  ${events.join('\n         ')}`,
        '',
        '# For an owner of the workspace; curl asks for the password, which is an API token:',
        curl,
      ].join('\n'),
    );
    return 'done';
  });
}
