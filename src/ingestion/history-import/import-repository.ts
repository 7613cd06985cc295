import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import type { RepositoryImport } from '../../store/repositories/import-store';
import type { OpenBitbucket } from '../bitbucket-access';
import type { JobHandler } from '../jobs/job-handler';
import type { GroupsParts } from '../record/groups';
import { planSizes, type ImportPlanParts } from './import-plan';
import { listPullRequests } from './list-pull-requests';
import { readActivity } from './read-activity';
import { readRemainingCommits } from './read-remaining-commits';
import { walkHistory } from './walk-history';

export interface ImportRepositoryParts extends GroupsParts, ImportPlanParts {
  readonly open: OpenBitbucket;
}

/** One step of the import of one repository: mostly one page. */
export interface ImportStep {
  readonly parts: ImportRepositoryParts;
  readonly api: BitbucketApi;
  readonly workspace: string;
  readonly repositoryUuid: string;
  /** How far it has come. */
  readonly row: RepositoryImport;
}

/**
 * A phase reads one page (or a few single things), writes what it read together with how far it came in one
 * transaction, and returns the new state: killed at any moment, the import goes on at the same page.
 */
export type ImportPhase = (step: ImportStep) => Promise<RepositoryImport>;

const phases: Readonly<Record<RepositoryImport['phase'], ImportPhase | null>> = {
  pull_requests: listPullRequests,
  open: listPullRequests,
  activity: readActivity,
  history: walkHistory,
  commits: readRemainingCommits,
  done: null,
  failed: null,
};

/** Runs the import of one repository step by step; repositories and workspaces take turns between the steps. */
export function createImportRepository(parts: ImportRepositoryParts): JobHandler {
  const { stores, clock } = parts;
  return {
    lane: 'import',
    async run({ workspace, key: repositoryUuid }) {
      const row = await stores.imports.get(workspace, repositoryUuid);
      const phase = row === null ? null : phases[row.phase];
      if (row === null || phase === null || (await stores.connections.getLive(workspace)) === null) return 'done';
      const api = parts.open(workspace, 'import');
      const next = await phase({ parts, api, workspace, repositoryUuid, row });
      if (next.phase !== 'done') return { againAt: clock.now() };
      await finish(parts, next);
      return 'done';
    },
    async giveUp({ workspace, key: repositoryUuid }, problem) {
      const row = await stores.imports.get(workspace, repositoryUuid);
      if (row === null) return;
      await stores.imports.save({ ...row, phase: 'failed', problem, finishedAt: clock.now() });
      await noteWholeImport(parts, workspace);
    },
  };
}

async function finish(parts: ImportRepositoryParts, row: RepositoryImport): Promise<void> {
  await planSizes(parts, row.workspace, row.repositoryUuid);
  await noteWholeImport(parts, row.workspace);
}

/** When the last repository is through, the workspace knows how far back its history reaches. */
async function noteWholeImport({ stores, clock }: ImportRepositoryParts, workspace: string): Promise<void> {
  const rows = await stores.imports.list(workspace);
  if (rows.some(({ phase }) => phase !== 'done' && phase !== 'failed')) return;
  const importedSince = Math.max(...rows.map(({ since }) => since));
  await stores.workspaces.update(workspace, { importedSince, verifiedAt: clock.now() });
  await stores.workspaces.bumpVersion(workspace);
}
