import type { Instant } from '../../domain/instant';
import { createReporting } from '../../reporting/reporting';
import type { AnswerPage } from '../../web/pages/page-dependencies';
import { aRepository, aRepositoryUuid, aWorkspaceUuid, day } from '../builders';
import { createFixedClock } from '../fixed-clock';
import { openTestStores, type TestStores } from '../test-database';
import { buildPagesDependencies } from './ask-page';
import { readPage } from './read-page';

/** A repository of the same workspace beside the usual one of the builders. */
export const webUuid = '{55555555-5555-4555-8555-555555555555}';

/** A page as its reader meets it. */
export interface AskedPage {
  readonly text: string;
  /** The view that the template was given. */
  readonly view: object;
}

export interface StoredPages {
  readonly stores: TestStores;
  /** The page at an address, or behind a query of it. */
  ask(page: { readonly answer: AnswerPage; readonly query: string }): Promise<AskedPage>;
  close(): Promise<void>;
}

/** Pages over the facts of a database, with two repositories and nothing in them. */
export async function openStoredPages(now: Instant): Promise<StoredPages> {
  const stores = await openTestStores('sqlite');
  await stores.workspaces.save({ uuid: aWorkspaceUuid, slug: 'acme', name: 'Acme', connectedAt: now - day });
  await stores.repositories.saveAll(aWorkspaceUuid, [
    aRepository({ uuid: aRepositoryUuid }),
    aRepository({ uuid: webUuid, slug: 'web', name: 'Web', fullName: 'acme/web' }),
  ]);
  const clock = createFixedClock(now);
  const needs = { clock, bitbucketUrl: 'https://bitbucket.org', isImporting: async () => false };
  const dependencies = { ...buildPagesDependencies(createReporting(stores, needs)), clock };
  const caller = {
    ...{ workspace: aWorkspaceUuid, repositoryUuid: null, userUuid: null },
    ...{ canWrite: false, session: 'session' },
  };
  return {
    stores,
    close: () => stores.close(),
    ask: async ({ answer, query }) => {
      const search = new URLSearchParams(query);
      const parameters = Object.fromEntries([...search.keys()].map((name) => [name, search.getAll(name)]));
      const answered = await answer({ caller, parameters, isPost: false }, dependencies);
      if (answered.kind !== 'page') throw new Error(`No page: ${JSON.stringify(answered)}`);
      return { text: await readPage(answered.template, answered.view), view: answered.view };
    },
  };
}
