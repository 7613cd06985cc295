import type { WholeSnapshot } from '../../../src/reporting/snapshot';
import { createLinks } from '../../../src/web/routing/paths';
import type { AnswerForms, PageAnswer, RoomsDependencies } from '../../../src/web/presentation/frame/page-dependencies';
import { buildAccelerateReport } from './sample-report';
import { createSampleRooms } from './sample-rooms';
import { sampleLinks } from './sample-window';
import { nobodySeesAll } from '../web/nobody-named';

/** Rooms with samples behind a page; some of the answers of reporting can be told otherwise. */
export function buildPagesDependencies(change: Partial<WholeSnapshot> = {}): RoomsDependencies {
  const rooms = createSampleRooms(buildAccelerateReport(), () => change);
  return {
    ...rooms,
    links: createLinks('https://drumbeat.example', '1'),
    ownWindow: sampleLinks,
    bitbucketUrl: 'https://bitbucket.org',
    importDays: 365,
  };
}

/** Asks for a page of the sample workspace as a reader does, by the query of its address. */
export async function askPage(
  answer: AnswerForms,
  query: string,
  dependencies: RoomsDependencies = buildPagesDependencies(),
): Promise<PageAnswer> {
  const search = new URLSearchParams(query);
  const parameters = Object.fromEntries([...search.keys()].map((name) => [name, search.getAll(name)]));
  const caller = {
    workspace: '{5e6a2f9e-2c1d-4f7f-9d55-6c6a4d1b0a01}',
    repositoryUuid: null,
    ...nobodySeesAll,
    canWrite: false,
    session: 'session',
  };
  return answer({ caller, parameters, isPost: false }, dependencies);
}
