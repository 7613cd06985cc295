import type { WorkParts } from '../requests/work-parts';
import type { JobHandler } from '../jobs/job-handler';
import { recordRepositories } from '../record/record-repositories';
import { readWorkspaceKind } from '../record/read-workspace';
import { listRepositoriesKind } from '../record/list-repositories';
import { longestImportPauseMs, noteWholeImport, planRepositoryImports, wholeWorkspace } from '../plans/import-plan';

/**
 * The beginning of an import: the list of its repositories, each of which then has an import of its own. Whatever else
 * is to be known of the workspace is read beside it, and holds nothing up. Refused, it goes on by itself once that is
 * mended; nothing but an uninstall ends it.
 */
export function createImportWorkspace(parts: WorkParts): JobHandler {
  const { stores, clock } = parts;
  return {
    lane: 'import',
    neverGivenUp: { longestPauseMs: longestImportPauseMs },
    async run({ workspace }) {
      if ((await stores.connections.getLive(workspace)) === null) return 'done';
      const repositoriesReadAt = clock.now();
      const api = parts.open(workspace, 'import');
      const { listed, unreadable } = await recordRepositories(parts, { api, workspace, missing: 'import' });
      await planRepositoryImports(parts, workspace, listed);
      await stores.workspaces.update(workspace, { repositoriesReadAt: parts.toMark(repositoriesReadAt) });
      // What could not be understood is named, and looked at again, by the job that reads the list alone.
      const more = unreadable.length > 0 ? [readWorkspaceKind, listRepositoriesKind] : [readWorkspaceKind];
      for (const kind of more) await stores.jobs.enqueue({ workspace, kind, key: wholeWorkspace, runAt: clock.now() });
      if (listed.length === 0) await noteWholeImport(parts, workspace);
      return 'done';
    },
  };
}
