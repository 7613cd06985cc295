import type { WorkParts } from '../requests/work-parts';
import type { JobHandler } from '../jobs/job-handler';
import { readGroupsOrFail } from './groups';

/** A workspace may never show its groups to anybody but its administrators: asking costs a request an hour then. */
const longestPauseMs = 60 * 60_000;

/** Asks again for groups that Bitbucket did not tell when they were wanted, until it does. */
export function createReadGroups(parts: WorkParts): JobHandler {
  return {
    lane: 'import',
    neverGivenUp: { longestPauseMs },
    async run({ workspace }) {
      if ((await parts.stores.connections.getLive(workspace)) === null) return 'done';
      await readGroupsOrFail(parts, parts.open(workspace, 'import'), workspace);
      return 'done';
    },
  };
}
