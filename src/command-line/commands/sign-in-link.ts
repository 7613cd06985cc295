import type { Command } from 'commander';
import { CommandFailed } from '../outcomes/command-failed';
import type { ExitName } from '../outcomes/exit-codes';
import { toLinkData, toLinkList } from '../words/link-list';
import { toTime } from '../words/result-data';
import { describeInstant } from '../words/times';
import { addCommon, type Act } from './help';
import type { CommandContext, KnownWorkspace } from './operations';
import { readDuration } from './read-values';
import { withOperations, type Work } from './with-operations';

interface LinkOptions {
  readonly administrator?: true;
  /** Milliseconds. */
  readonly valid?: number;
  readonly for?: string;
  readonly list?: true;
  readonly revoke?: string;
}

export function addSignInLink(program: Command, act: Act): void {
  const command = program
    .command('sign-in-link')
    .summary('make, list or revoke links that let somebody in')
    .description(
      'Prints a link that lets one browser in, once, to all of the workspace. Opened within a day or less it lasts as long as any sign-in; a link that is valid for longer, for a screen on a wall, lasts until its end.',
    )
    .argument('<workspace>', 'short name of the workspace')
    .option('--administrator', 'whoever opens it may change settings')
    .option('--valid <time>', 'how long it can be opened: 15m, 8h or 30d (15m unless given)', readDuration)
    .option('--for <name>', 'whom or what it is for; shown in the list and on the pages')
    .option('--list', 'show the links that were made')
    .option('--revoke <id>', 'end a link and what was opened with it')
    .action((workspace: string, options: LinkOptions) => act((context) => runSignInLink(context, workspace, options)));
  addCommon(command, {
    examples: [
      ['Let the first administrator in', 'drumbeat sign-in-link acme --administrator'],
      ['For a screen on a wall', 'drumbeat sign-in-link acme --valid 90d --for "Screen, 3rd floor"'],
      [
        'Which links are there, and take one back',
        'drumbeat sign-in-link acme --list\n  drumbeat sign-in-link acme --revoke ID',
      ],
    ],
    exits: ['done', 'failed', 'wrongUse', 'unreachable'],
  });
}

async function runSignInLink(context: CommandContext, name: string, options: LinkOptions): Promise<ExitName> {
  refuseMixture(options);
  return withOperations<ExitName>(context, { mayMakeDatabase: false }, async (work) => {
    const workspace = await findKnown(work, name);
    if (options.list === true) return listLinks(context, work, workspace);
    if (options.revoke !== undefined) return revokeLink(context, work, { workspace, id: options.revoke });
    return makeLink(context, work, { workspace, options });
  });
}

/** A list with the wishes for a link would be neither. */
function refuseMixture({ list, revoke, administrator, valid, for: name }: LinkOptions): void {
  const wishes = [list, revoke, administrator ?? valid ?? name].filter((wish) => wish !== undefined);
  if (wishes.length < 2) return;
  throw new CommandFailed('wrongUse', '--list and --revoke stand alone: they make no link.');
}

async function makeLink(
  { report, terminal, needs }: CommandContext,
  { operations }: Work,
  { workspace, options }: { readonly workspace: KnownWorkspace; readonly options: LinkOptions },
): Promise<ExitName> {
  const isAdministrator = options.administrator === true;
  const { links } = operations;
  const validity = options.valid === undefined ? {} : { validMs: options.valid };
  const wish = { workspace: workspace.uuid, name: options.for ?? null, ...validity };
  const making = isAdministrator ? links.makeAdministratorLink(wish) : links.makeLink(wish);
  const link = await making.catch((error: unknown) => {
    throw error instanceof RangeError ? new CommandFailed('wrongUse', error.message) : error;
  });
  const { id, url, validUntil } = link;
  const role = isAdministrator ? 'administrator' : 'member';
  report.result({ outcome: 'made', id, url, valid_until: toTime(validUntil), role }, () => url);
  const until = describeInstant(validUntil, needs.clock.now());
  terminal.tell(
    `Opens all of ${workspace.name} once${isAdministrator ? ', for an administrator' : ''}, until ${until}. To take it back: ` +
      `drumbeat sign-in-link ${workspace.slug} --revoke ${id}`,
  );
  return 'done';
}

async function listLinks(
  { report, terminal, needs }: CommandContext,
  { operations }: Work,
  workspace: KnownWorkspace,
): Promise<ExitName> {
  const links = await operations.links.listLinks(workspace.uuid);
  const now = needs.clock.now();
  if (links.length === 0) terminal.tell(`No link to ${workspace.name} was made.`);
  report.result({ outcome: 'listed', links: links.map((link) => toLinkData(link, now)) }, () =>
    links.length === 0 ? null : toLinkList(links, now),
  );
  return 'done';
}

async function revokeLink(
  { report, terminal }: CommandContext,
  { operations }: Work,
  { workspace, id }: { readonly workspace: KnownWorkspace; readonly id: string },
): Promise<ExitName> {
  if (!(await operations.links.revokeLink(workspace.uuid, id))) {
    throw new CommandFailed(
      'failed',
      `No link to ${workspace.name} with this id is in force.`,
      `The links that are: drumbeat sign-in-link ${workspace.slug} --list`,
    );
  }
  report.result({ outcome: 'revoked', id }, () => null);
  terminal.tell('The link is revoked, and whoever came in by it is signed out.');
  return 'done';
}

async function findKnown({ operations }: Work, name: string): Promise<KnownWorkspace> {
  const workspace = await operations.findWorkspace(name);
  if (workspace?.isConnected === true) return workspace;
  throw new CommandFailed(
    'failed',
    workspace === null ? `No workspace ${name} is known here.` : `The workspace ${name} is not connected.`,
    'Those that are: drumbeat status. To connect it: drumbeat connect WORKSPACE',
  );
}
