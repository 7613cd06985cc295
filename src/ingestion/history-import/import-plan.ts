import type { Clock } from '../../domain/clock';
import type { Instant } from '../../domain/instant';
import type { RepositoryImport } from '../../store/repositories/import-store';
import type { Stores } from '../../store/stores';

export const importWorkspaceKind = 'import-workspace';
export const importRepositoryKind = 'import-repository';
export const readSizesKind = 'read-sizes';
/** The key of jobs of which a workspace has one. */
export const wholeWorkspace = 'all';

const day = 86_400_000;

export interface ImportPlanParts {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly importDays: number;
}

/** Puts the import of a whole workspace down as work to be done. */
export async function planWorkspaceImport({ stores, clock }: ImportPlanParts, workspace: string): Promise<void> {
  await stores.jobs.enqueue({ workspace, kind: importWorkspaceKind, key: wholeWorkspace, runAt: clock.now() });
}

/** Starts the import of one repository from its beginning. Facts that are stored stay; they are read again. */
export async function planRepositoryImport(
  { stores, clock, importDays }: ImportPlanParts,
  workspace: string,
  repositoryUuid: string,
): Promise<void> {
  const now = clock.now();
  await stores.database.transaction(async (tx) => {
    await stores.commits.clear(workspace, repositoryUuid, tx);
    await stores.imports.save(newImport({ workspace, repositoryUuid, now, since: now - importDays * day }), tx);
    await stores.jobs.enqueue({ workspace, kind: importRepositoryKind, key: repositoryUuid, runAt: now }, tx);
  });
}

function newImport(of: { workspace: string; repositoryUuid: string; now: Instant; since: Instant }): RepositoryImport {
  return {
    workspace: of.workspace,
    repositoryUuid: of.repositoryUuid,
    phase: 'pull_requests',
    cursor: null,
    since: of.since,
    listed: 0,
    expected: null,
    finished: 0,
    pages: 0,
    problem: null,
    startedAt: of.now,
    finishedAt: null,
    anew: false,
  };
}

/** Puts down that sizes of this repository are to be read, after everything else. */
export async function planSizes({ stores, clock }: ImportPlanParts, workspace: string, key: string): Promise<void> {
  await stores.jobs.enqueue({ workspace, kind: readSizesKind, key, runAt: clock.now() });
}
