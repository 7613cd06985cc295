import type { Administrators } from '../record/administrators';
import { readGroups, type GroupsParts } from '../record/groups';
import type { OpenBitbucket } from '../bitbucket-access';
import type { JobHandler } from '../jobs/job-handler';
import { noteWholeImport, planRepositoryImports, type ImportPlanParts } from './import-plan';

export interface ImportWorkspaceParts extends GroupsParts, ImportPlanParts {
  readonly open: OpenBitbucket;
  readonly administrators: Pick<Administrators, 'freshen'>;
}

/**
 * The beginning of an import: the workspace's name, its groups and administrators, and the list of its repositories, each of which then
 * has an import of its own. Repositories that Bitbucket no longer lists are marked gone.
 */
export function createImportWorkspace(parts: ImportWorkspaceParts): JobHandler {
  const { stores, clock } = parts;
  return {
    lane: 'import',
    async run({ workspace }) {
      if ((await stores.connections.getLive(workspace)) === null) return 'done';
      const startedAt = clock.now();
      const api = parts.open(workspace, 'import');
      const { slug, name } = await api.getWorkspace(workspace);
      await stores.workspaces.update(workspace, { slug, name });
      await readGroups(parts, api, workspace);
      await parts.administrators.freshen(workspace, api);
      let cursor: string | null = null;
      do {
        const page = await api.listRepositories(workspace, cursor);
        const repositories = page.items.map((item) => ({ ...item, readAt: clock.now() }));
        await stores.repositories.saveAll(workspace, repositories);
        cursor = page.next;
      } while (cursor !== null);
      const listed: string[] = [];
      for (const { uuid, readAt } of await stores.repositories.list(workspace)) {
        if (readAt < startedAt) await stores.repositories.markGone(workspace, uuid, startedAt);
        else listed.push(uuid);
      }
      await planRepositoryImports(parts, workspace, listed);
      if (listed.length === 0) await noteWholeImport(parts, workspace);
      return 'done';
    },
  };
}
