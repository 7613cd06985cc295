import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import type { RepositoryImport } from '../../store/repositories/import-store';
import type { OpenBitbucket } from '../bitbucket-access';
import type { JobHandler } from '../jobs/job-handler';
import type { GroupsParts } from '../record/groups';
import { noteWholeImport, planSizes, type ImportPlanParts } from './import-plan';
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
  /** How often this step has failed before. */
  readonly failures: number;
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

/** So long a failure may be a passing one: about a quarter of a minute. */
const failuresToBeNamed = 3;

/** Runs the import of one repository step by step; repositories and workspaces take turns between the steps. */
export function createImportRepository(parts: ImportRepositoryParts): JobHandler {
  const { stores, clock } = parts;
  return {
    lane: 'import',
    async run({ workspace, key: repositoryUuid, attempts }) {
      const row = await stores.imports.get(workspace, repositoryUuid);
      if (row === null || (await stores.connections.getLive(workspace)) === null) return 'done';
      const phase = phases[row.phase];
      const api = parts.open(workspace, 'import');
      const step = { parts, api, workspace, repositoryUuid, row: { ...row, problem: null }, failures: attempts };
      const next = phase === null ? row : await phase(step);
      if (next.phase !== 'done' && next.phase !== 'failed') return { againAt: clock.now() };
      // Also when it was cut off right after its last step.
      await finish(parts, next);
      return 'done';
    },
    async noteTrouble({ workspace, key: repositoryUuid }, { problem, failures }) {
      if (failures < failuresToBeNamed) return;
      const row = await stores.imports.get(workspace, repositoryUuid);
      if (row === null || row.problem === problem) return;
      await stores.imports.save({ ...row, problem });
      await noteWholeImport(parts, workspace);
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
