import type { Command } from 'commander';
import type { ConnectResult } from '../../doors/access-token/connect-workspace';
import type { ExitName } from '../outcomes/exit-codes';
import { describePreflight, findRefusal } from '../words/preflight-words';
import { toCheckData, toHookData, toImportData } from '../words/result-data';
import { addTokenOptions, askEmail, askForToken, type AskedToken, type TokenOptions } from './ask-for-token';
import { addCommon, type Act } from './help';
import type { CommandContext } from './operations';
import { collect } from './read-values';
import { tellHook, tellImport } from './tell-connected';
import { watchImport, type WatchedImport } from './watch-import';
import { withOperations, type Work } from './with-operations';

interface ConnectOptions extends TokenOptions {
  readonly hook: boolean;
  readonly repository?: readonly string[];
  readonly public?: true;
  readonly dryRun?: true;
  /** Not given: on a terminal. */
  readonly wait?: boolean;
}

export function addConnect(program: Command, act: Act): void {
  const command = program
    .command('connect')
    .summary('connect a workspace by a token')
    .description(
      'Checks what a token can do, connects the workspace with it, makes the webhook, and puts down the import, which the server does. A workspace that is connected by a token already gets this one in its place.',
    )
    .argument('<workspace>', 'short name of the workspace: acme for https://bitbucket.org/acme/');
  addTokenOptions(command)
    .option('--no-hook', 'make no webhook: Bitbucket is asked what moved')
    .option(
      '--repository <name>',
      'only this repository, for the token of a repository or a project; may be repeated',
      collect,
    )
    .option('--public', 'nothing in the workspace is private, so nothing private proves whose token it is')
    .option('--dry-run', 'check the token, and connect nothing')
    .option('--wait', 'watch the import until it is over, as on a terminal')
    .option('--no-wait', 'leave as soon as the workspace is connected')
    .action((workspace: string, options: ConnectOptions) => act((context) => runConnect(context, workspace, options)));
  addCommon(command, {
    examples: [
      [
        'See what the token can do, then connect; both ask for the token',
        'drumbeat connect acme --dry-run\n  drumbeat connect acme',
      ],
      [
        'With the API token of a person, from a file',
        'drumbeat connect acme --email ann@example.com --token-file token.txt',
      ],
      [
        'In a script, with the token from a store of secrets',
        'pass bitbucket/acme | drumbeat connect acme --expires 2027-03-12 --json',
      ],
    ],
    exits: ['done', 'failed', 'wrongUse', 'refused', 'unreachable', 'interrupted'],
  });
}

interface Wish extends AskedToken {
  readonly workspaceName: string;
  readonly email: string | null;
  readonly repositories: readonly string[] | null;
  readonly isPublic: boolean;
}

async function runConnect(context: CommandContext, workspaceName: string, options: ConnectOptions): Promise<ExitName> {
  return withOperations<ExitName>(context, { mayMakeDatabase: true }, async (work) => {
    const asked = await askForToken(context, options);
    const email = options.email ?? (await askEmail(context.terminal, asked.token));
    const repositories = options.repository ?? null;
    const wish = { ...asked, email, workspaceName, repositories, isPublic: options.public === true };
    context.terminal.tell(`Asking Bitbucket what the token can do in ${workspaceName}.`);
    return options.dryRun === true ? check(context, work, wish) : connect(context, work, { wish, options });
  });
}

async function check({ report, terminal }: CommandContext, { operations }: Work, wish: Wish): Promise<ExitName> {
  const preflight = await operations.connections.check(wish);
  const refusal = findRefusal(preflight);
  const { checks, workspace, canConnect } = preflight;
  const outcome = canConnect ? 'can_connect' : 'refused';
  report.result({ outcome, workspace, checks: toCheckData(checks) }, () => describePreflight(preflight, terminal));
  if (canConnect) terminal.tell(`To connect it: drumbeat connect ${wish.workspaceName}`);
  return refusal ?? 'done';
}

async function connect(
  context: CommandContext,
  work: Work,
  { wish, options }: { readonly wish: Wish; readonly options: ConnectOptions },
): Promise<ExitName> {
  const { report, terminal } = context;
  const result = await work.operations.connections.connect({ ...wish, withHook: options.hook });
  // A person reads it before the import is watched; JSON is one object, at the end.
  if (!report.isJson) terminal.print(describePreflight(result.preflight, terminal));
  const { workspace } = result.preflight;
  if (result.outcome === 'refused' || workspace === null) {
    report.result(toData(result, null), () => null);
    return findRefusal(result.preflight) ?? 'refused';
  }
  tellHook(terminal, result, workspace);
  const isWatching = options.wait ?? (terminal.isInteractive && !report.isJson);
  const watched = isWatching ? await watchImport(context, work, workspace.uuid) : null;
  report.result(toData(result, watched), () => null);
  return tellImport(terminal, watched, workspace);
}

function toData({ outcome, preflight, hook }: ConnectResult, watched: WatchedImport | null) {
  const { workspace, checks } = preflight;
  return {
    ...{ outcome, workspace, checks: toCheckData(checks), hook: hook && toHookData(hook) },
    import: watched && { ...toImportData(watched.status), is_served: watched.how !== 'neglected' },
  };
}
