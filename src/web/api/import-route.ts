import type { ImportStatus } from '../../ingestion/progress/import-status';
import { toClockProblem } from '../../ingestion/progress/clock-problem';
import { listFirstProblems } from '../../ingestion/progress/first-problems';
import type { ImportStatusSource } from '../routing/web-dependencies';
import type { ApiRoute } from './api-route';

/** For a caller of one repository it says nothing of the others. */
export function createImportRoute(importStatus: ImportStatusSource): ApiRoute {
  return {
    ...{ method: 'get', path: '/import', operationId: 'getImport', answers: 'Import' },
    summary: 'How far the history import is.',
    answer: async ({ caller }) => {
      const status = await importStatus.load(caller.workspace, caller.sight.repositories);
      const only = caller.repositoryUuid;
      const told = only === null ? withClock(status) : limitToRepository(status, only);
      return { kind: 'json', body: { ...told, problems: listFirstProblems(told.problems) } };
    },
  };
}

/** That the clocks differ is a problem of the whole workspace. */
function withClock(status: ImportStatus): ImportStatus {
  const { clock_ahead_seconds: ahead, problems } = status;
  // It comes first: it is never among those that are not listed.
  return ahead === null
    ? status
    : { ...status, problems: [{ repository: null, message: toClockProblem(ahead) }, ...problems] };
}

function limitToRepository(status: ImportStatus, uuid: string): ImportStatus {
  const items = status.items.filter((item) => item.uuid === uuid);
  const count = (state: string) => items.filter((item) => item.state === state).length;
  const own = items[0];
  return {
    ...status,
    items,
    repositories: { total: items.length, done: count('done'), failed: count('failed') },
    pull_requests: { total: own?.pull_requests.total ?? 0, done: own?.pull_requests.done ?? 0 },
    problems: status.problems.filter(({ repository }) => own !== undefined && repository === own.slug),
  };
}
