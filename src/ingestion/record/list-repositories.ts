import { UnreadablePayload } from '../../bitbucket/client/errors';
import type { JobHandler } from '../jobs/job-handler';
import type { WorkParts } from '../requests/work-parts';
import { recordRepositories } from './record-repositories';
import { planRepositoryImports } from '../plans/import-plan';
import { moveVerifiedAt } from '../plans/verified-at';

export const listRepositoriesKind = 'list-repositories';

/**
 * Names, default branches, new and vanished repositories. Nothing of the workspace counts as compared later than this
 * list was read, because one that it does not show yet has been compared with nothing.
 */
export function createListRepositories(parts: WorkParts, longestPauseMs: number): JobHandler {
  const { stores, clock } = parts;
  return {
    lane: 'import',
    neverGivenUp: { longestPauseMs },
    async run({ workspace }) {
      if ((await stores.connections.getLive(workspace)) === null) return 'done';
      const repositoriesReadAt = clock.now();
      const api = parts.open(workspace, 'import');
      const { listed, unreadable } = await recordRepositories(parts, { api, workspace });
      const imported = new Set((await stores.imports.list(workspace)).map(({ repositoryUuid }) => repositoryUuid));
      for (const uuid of listed) if (!imported.has(uuid)) await planRepositoryImports(parts, workspace, [uuid]);
      await stores.workspaces.update(workspace, { repositoriesReadAt: parts.toMark(repositoriesReadAt) });
      await moveVerifiedAt(parts, workspace);
      // Everything else is done; it is named, and looked at again.
      if (unreadable.length > 0) throw new UnreadablePayload({ eventKey: null, problems: unreadable });
      return 'done';
    },
  };
}
