import { UnreadablePayload } from '../../bitbucket/client/errors';
import type { Clock } from '../../domain/clock';
import type { Stores } from '../../store/stores';
import type { JobHandler } from '../jobs/job-handler';
import type { OpenBitbucket } from '../requests/bitbucket-access';
import { recordRepositories } from './record-repositories';
import { moveVerifiedAt } from '../plans/verified-at';

export const listRepositoriesKind = 'list-repositories';

export interface ListRepositoriesParts {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly open: OpenBitbucket;
  readonly startImport: (workspace: string, repositoryUuid: string) => Promise<void>;
}

/**
 * Names, default branches, new and vanished repositories. Nothing of the workspace counts as compared later than this
 * list was read, because one that it does not show yet has been compared with nothing.
 */
export function createListRepositories(parts: ListRepositoriesParts, longestPauseMs: number): JobHandler {
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
      for (const uuid of listed) if (!imported.has(uuid)) await parts.startImport(workspace, uuid);
      await stores.workspaces.update(workspace, { repositoriesReadAt });
      await moveVerifiedAt(parts, workspace);
      // Everything else is done; it is named, and looked at again.
      if (unreadable.length > 0) throw new UnreadablePayload({ eventKey: null, problems: unreadable });
      return 'done';
    },
  };
}
