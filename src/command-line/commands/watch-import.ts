import type { ImportStatus } from '../../ingestion/progress/import-status';
import { createImportProgress, type ImportProgress } from '../words/import-progress';
import type { CommandContext, Operations } from './operations';
import type { Work } from './with-operations';

/** How watching ended: `neglected`: no server takes the work up. */
export interface WatchedImport {
  readonly how: 'over' | 'neglected' | 'interrupted';
  readonly status: ImportStatus;
}

const lookEveryMs = 500;

/** Watches the database until the import is over; it is the server that does the work, and Ctrl-C leaves it going. */
export async function watchImport(
  context: CommandContext,
  { operations, interrupts }: Work,
  workspace: string,
): Promise<WatchedImport> {
  const progress = createImportProgress(context.terminal);
  try {
    return await interrupts.guard((signal) => {
      context.terminal.tell('Watching the import. Ctrl-C leaves it going in the server.');
      return look(context, { operations, workspace, progress, signal });
    });
  } finally {
    progress.end();
  }
}

interface Looking {
  readonly operations: Pick<Operations, 'imports'>;
  readonly workspace: string;
  readonly progress: ImportProgress;
  readonly signal: AbortSignal;
}

async function look({ needs }: CommandContext, looking: Looking): Promise<WatchedImport> {
  const { imports } = looking.operations;
  for (;;) {
    const status = await imports.load(looking.workspace);
    looking.progress.show(status);
    if (isOver(status)) return { how: 'over', status };
    if (looking.signal.aborted) return { how: 'interrupted', status };
    if (await imports.isNeglected()) return { how: 'neglected', status };
    await needs.wait(lookEveryMs, looking.signal);
  }
}

function isOver({ state }: Pick<ImportStatus, 'state'>): boolean {
  return state === 'done' || state === 'failed';
}
