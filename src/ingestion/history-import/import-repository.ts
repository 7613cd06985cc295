import { NotFoundInBitbucket } from '../../bitbucket/client/errors';
import type { RepositoryImport } from '../../store/repositories/import-store';
import type { JobHandler } from '../jobs/job-handler';
import { mayAsk } from '../record/reach';
import { recordRepository } from '../record/read-repository';
import { longestImportPauseMs, noteWholeImport, planSizes } from '../plans/import-plan';
import type { WorkParts } from '../requests/work-parts';
import type { ImportPhase, ImportStep } from './import-step';
import { listPullRequests } from './list-pull-requests';
import { readActivity } from './read-activity';
import { readRemainingCommits } from './read-remaining-commits';
import { walkHistory } from './walk-history';

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

const isGone =
  'Bitbucket does not find the repository any more: it was deleted, or moved to another workspace. What was read of it stays.';

/**
 * Runs the import of one repository step by step; repositories and workspaces take turns between the steps. One that is
 * refused is named and tried again until it answers, and nobody waits for it.
 */
export function createImportRepository(parts: WorkParts): JobHandler {
  const { stores, clock } = parts;
  return {
    lane: 'import',
    neverGivenUp: { longestPauseMs: longestImportPauseMs },
    async run({ workspace, key: repositoryUuid, attempts }) {
      const row = await stores.imports.get(workspace, repositoryUuid);
      if (row === null || !(await mayAsk(parts, workspace, repositoryUuid))) return 'done';
      const api = parts.open(workspace, 'import');
      const step = { ...parts, api, workspace, repositoryUuid, row: { ...row, problem: null }, failures: attempts };
      const next = await takeStep(step);
      if (row.problem !== null) await stores.repositories.clearProblem(workspace, repositoryUuid);
      if (next.phase !== 'done' && next.phase !== 'failed') return { againAt: clock.now() };
      // Also when it was cut off right after its last step.
      await finish(parts, next);
      return 'done';
    },
    async noteTrouble({ workspace, key: repositoryUuid }, { problem, failures }) {
      if (failures < failuresToBeNamed) return;
      const row = await stores.imports.get(workspace, repositoryUuid);
      if (row === null || row.problem === problem) return;
      await stores.imports.advance({ ...row, problem });
      await stores.repositories.noteProblem(workspace, repositoryUuid, { problem, now: clock.now() });
      await noteWholeImport(parts, workspace);
    },
  };
}

/** Where Bitbucket does not find what it is asked for, the repository's own answer tells whether it is gone. */
async function takeStep(step: ImportStep): Promise<RepositoryImport> {
  const { stores, clock, row } = step;
  const phase = phases[row.phase];
  if (phase === null) return row;
  try {
    return await phase(step);
  } catch (error) {
    if (!(error instanceof NotFoundInBitbucket)) throw error;
    if ((await recordRepository(step, step)) === 'present') throw error;
    const failed = { ...row, phase: 'failed', problem: isGone, finishedAt: clock.now() } as const;
    await stores.imports.advance(failed);
    return failed;
  }
}

/** Everything that Bitbucket had when the import began was looked at; from there on it is compared. */
async function finish(parts: WorkParts, row: RepositoryImport): Promise<void> {
  const { workspace, repositoryUuid, startedAt } = row;
  if (row.phase === 'done') {
    await parts.stores.repositories.markVerified(workspace, repositoryUuid, parts.toMark(startedAt));
  }
  await planSizes(parts, { workspace, repositoryUuids: [repositoryUuid] });
  await noteWholeImport(parts, workspace);
}
