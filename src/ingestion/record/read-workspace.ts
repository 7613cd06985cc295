import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import type { WorkParts } from '../requests/work-parts';
import type { JobHandler } from '../jobs/job-handler';
import { freshenGroups } from './groups';

export const readWorkspaceKind = 'read-workspace';

const minute = 60_000;

/**
 * Reads what nothing may wait for: the workspace's name, its groups, and who administers it. Each of them is tried,
 * whatever becomes of the others; they are read again with each reconciliation.
 */
export function createReadWorkspace(parts: WorkParts): JobHandler {
  return {
    lane: 'import',
    neverGivenUp: { longestPauseMs: parts.reconcileMinutes * minute },
    async run({ workspace }) {
      const connection = await parts.stores.connections.getLive(workspace);
      if (connection === null) return 'done';
      const api = parts.open(workspace, 'import');
      const readings = await Promise.allSettled([
        // A token of one repository may know nothing of its workspace, not even the name.
        connection.repositories === null ? readName(parts, api, workspace) : null,
        freshenGroups(parts, api, { workspace, at: parts.clock.now() }),
        parts.administrators.freshen(workspace, api),
      ]);
      const failed = readings.find((reading) => reading.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
      return 'done';
    },
  };
}

async function readName({ stores }: WorkParts, api: BitbucketApi, workspace: string): Promise<void> {
  const { slug, name } = await api.getWorkspace(workspace);
  await stores.workspaces.update(workspace, { slug, name });
}
