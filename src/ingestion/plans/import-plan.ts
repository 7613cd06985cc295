import type { Transaction } from '../../store/database/transaction';
import type { RepositoryImport } from '../../store/repositories/import-store';
import type { WorkParts } from '../requests/work-parts';
import { moveVerifiedAt } from './verified-at';

export const importWorkspaceKind = 'import-workspace';
export const importRepositoryKind = 'import-repository';
export const readSizesKind = 'read-sizes';
/** The key of jobs of which a workspace has one. */
export const wholeWorkspace = 'all';

/** A refused import asks again at least so often: somebody may have mended what was wrong a moment ago. */
export const longestImportPauseMs = 15 * 60_000;

const day = 86_400_000;

export type ImportPlanParts = Pick<WorkParts, 'stores' | 'clock' | 'importDays'>;

/** Puts the import of a whole workspace down as work to be done. */
export async function planWorkspaceImport(
  { stores, clock }: ImportPlanParts,
  workspace: string,
  tx?: Transaction,
): Promise<void> {
  await stores.jobs.enqueue({ workspace, kind: importWorkspaceKind, key: wholeWorkspace, runAt: clock.now() }, tx);
}

const unbegun = {
  phase: 'pull_requests',
  cursor: null,
  listed: 0,
  expected: null,
  finished: 0,
  pages: 0,
  problem: null,
  finishedAt: null,
  anew: false,
} as const;

/**
 * Starts the imports of repositories from their beginning. Facts that are stored stay; they are read again. All of them
 * or none: an import of which a part was planned would look done when that part is.
 */
export async function planRepositoryImports(
  { stores, clock, importDays }: ImportPlanParts,
  workspace: string,
  repositoryUuids: readonly string[],
): Promise<void> {
  const startedAt = clock.now();
  const since = startedAt - importDays * day;
  await stores.database.transaction(async (tx) => {
    for (const repositoryUuid of repositoryUuids) {
      await stores.commits.clear(workspace, repositoryUuid, tx);
      await stores.readingProblems.clear(workspace, { repositoryUuid, number: 0 }, tx);
      await stores.imports.save({ ...unbegun, workspace, repositoryUuid, since, startedAt }, tx);
      await stores.jobs.enqueue({ workspace, kind: importRepositoryKind, key: repositoryUuid, runAt: startedAt }, tx);
    }
  });
}

/** Done, given up, or named in the problems while it is still tried: nobody waits for it. */
export function isSettled({ phase, problem }: Pick<RepositoryImport, 'phase' | 'problem'>): boolean {
  return phase === 'done' || phase === 'failed' || problem !== null;
}

/** When every repository is through or named, the workspace knows how far back its history reaches. */
export async function noteWholeImport(
  { stores, clock, importDays }: ImportPlanParts,
  workspace: string,
): Promise<void> {
  const rows = await stores.imports.list(workspace);
  if (!rows.every(isSettled)) return;
  const sinces = rows.map(({ since }) => since);
  const importedSince = rows.length === 0 ? clock.now() - importDays * day : Math.max(...sinces);
  await stores.workspaces.update(workspace, { importedSince });
  await moveVerifiedAt({ stores, clock }, workspace);
  await stores.workspaces.bumpVersion(workspace);
  // They waited for the last repository, and would look again at a time of their own.
  await stores.jobs.hasten({ workspace, kind: readSizesKind, runAt: clock.now() });
}

/** Puts down that sizes of these repositories, each named once, are to be read, after everything else. */
export async function planSizes(
  { stores, clock }: Pick<ImportPlanParts, 'stores' | 'clock'>,
  { workspace, repositoryUuids }: { readonly workspace: string; readonly repositoryUuids: readonly string[] },
  tx?: Transaction,
): Promise<void> {
  const job = { workspace, kind: readSizesKind, runAt: clock.now() };
  await stores.jobs.enqueueAll(
    repositoryUuids.map((key) => ({ ...job, key })),
    tx,
  );
}

/** Imports one repository anew, or with `null` the whole workspace. `kick` wakes the workers of this process. */
export async function restartImport(
  parts: ImportPlanParts & { readonly kick: () => void },
  workspace: string,
  repositoryUuid: string | null,
): Promise<void> {
  if (repositoryUuid === null) await planWorkspaceImport(parts, workspace);
  else await planRepositoryImports(parts, workspace, [repositoryUuid]);
  parts.kick();
}
