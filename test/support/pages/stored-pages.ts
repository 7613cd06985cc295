import type { Instant } from '../../../src/domain/instant';
import { createReporting } from '../../../src/reporting/reporting';
import { noProgress } from '../facts/no-progress';
import type { AnswerForms, PageAnswer } from '../../../src/web/presentation/frame/page-dependencies';
import { aRepository, aRepositoryUuid, aWorkspaceUuid, day, webUuid } from '../builders';
import { createFixedClock } from '../fixed-clock';
import type { TestStores } from '../test-database';
import { openWorkspaceStores } from '../workspace-stores';
import { buildPagesDependencies } from './ask-page';
import { joinParts } from './join-parts';
import { readPage } from './read-page';
import { nobodySeesAll } from '../web/nobody-named';

/** A repository of the same workspace beside the usual one of the builders. */

/** A page as its reader meets it. */
export interface AskedPage {
  readonly text: string;
  /** The view that the template was given. */
  readonly view: object;
}

/** A page, and the query of its address. */
interface Asking {
  readonly answer: AnswerForms;
  readonly query: string;
}

export interface StoredPages {
  readonly stores: TestStores;
  ask(asking: Asking): Promise<AskedPage>;
  askCsv(asking: Asking): Promise<{ readonly fileName: string; readonly text: string }>;
  close(): Promise<void>;
}

/** Pages over the facts of a database, with two repositories and nothing in them. */
export async function openStoredPages(now: Instant): Promise<StoredPages> {
  const stores = await openWorkspaceStores('sqlite', now - day);
  await stores.repositories.saveAll(aWorkspaceUuid, [
    aRepository({ uuid: aRepositoryUuid }),
    aRepository({ uuid: webUuid, slug: 'web', name: 'Web', fullName: 'acme/web' }),
  ]);
  const needs = {
    clock: createFixedClock(now),
    bitbucketUrl: 'https://bitbucket.org',
    loadProgress: async () => noProgress,
  };
  const dependencies = { ...buildPagesDependencies(), reporting: createReporting(stores, needs) };
  const caller = {
    ...{ workspace: aWorkspaceUuid, repositoryUuid: null, ...nobodySeesAll },
    ...{ canWrite: false, session: 'session' },
  };
  const answerQuery = async ({ answer, query }: Asking): Promise<PageAnswer> => {
    const search = new URLSearchParams(query);
    const parameters = Object.fromEntries([...search.keys()].map((name) => [name, search.getAll(name)]));
    return answer({ caller, parameters, isPost: false }, dependencies);
  };
  return {
    stores,
    close: () => stores.close(),
    ask: async (asking) => {
      const answered = await answerQuery(asking);
      if (answered.kind !== 'page') throw new Error(`No page: ${JSON.stringify(answered)}`);
      return { text: await readPage(answered.template, answered.view), view: answered.view };
    },
    askCsv: async (asking) => {
      const answered = await answerQuery(asking);
      if (answered.kind !== 'csv') throw new Error(`No file: ${JSON.stringify(answered)}`);
      return { fileName: answered.fileName, text: await joinParts(answered.parts) };
    },
  };
}
