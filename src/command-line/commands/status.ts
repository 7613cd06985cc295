import type { Command } from 'commander';
import type { ExitName } from '../outcomes/exit-codes';
import { listProblems, toStatusData, type WorkspaceStatus } from '../words/status-data';
import { toStatusText } from '../words/status-text';
import { addCommon, type Act } from './help';
import type { CommandContext, Operations } from './operations';
import { withOperations } from './with-operations';

export function addStatus(program: Command, act: Act): void {
  const command = program
    .command('status')
    .summary('say how every workspace is')
    .description(
      'Says of every workspace how it is connected, when its token ends, whether Bitbucket calls, what of the hour’s requests is left, how far the import is, and what somebody should see to. It asks the database alone, never Bitbucket.',
    )
    .action(() => act(runStatus));
  addCommon(command, {
    examples: [
      ['How is everything?', 'drumbeat status'],
      ['For monitoring: 5 says that something needs attention', 'drumbeat status --json'],
    ],
    exits: ['done', 'failed', 'wrongUse', 'unreachable', 'attention'],
  });
}

const noServer = 'No server takes up the work that is due. Start it: drumbeat serve';

async function runStatus(context: CommandContext): Promise<ExitName> {
  const { report, terminal, needs } = context;
  return withOperations<ExitName>(context, { mayMakeDatabase: false }, async ({ operations }) => {
    const all = await readAll(operations);
    const isNeglected = await operations.imports.isNeglected();
    const needsAttention = isNeglected || all.some((one) => listProblems(one).length > 0);
    const workspaces = all.map(toStatusData);
    report.result({ needs_attention: needsAttention, is_served: !isNeglected, workspaces }, () =>
      all.length === 0 ? null : all.map((one) => toStatusText(one, terminal, needs.clock.now())).join('\n\n'),
    );
    if (all.length === 0) terminal.tell('No workspace is connected. To connect one: drumbeat connect WORKSPACE');
    if (isNeglected) terminal.tell(noServer);
    return needsAttention ? 'attention' : 'done';
  });
}

async function readAll(operations: Operations): Promise<WorkspaceStatus[]> {
  return Promise.all(
    (await operations.connections.status()).map(async (connection) => {
      const { uuid } = connection.workspace;
      const progress = await operations.imports.load(uuid);
      return { connection, progress, hookSeenAt: await operations.readHookSeenAt(uuid) };
    }),
  );
}
