import type { Simulator } from '../../simulator/simulator';
import { callApiFrom, type ApiCaller } from '../../test/support/product/start-product';
import { waitUntil } from '../../test/support/product/wait-until';

/** The product, as a workspace of the simulator sees it. */
export interface Seen {
  readonly simulator: Simulator;
  readonly url: string;
}

/** The API in the name of one workspace, with sessions of pages of its own. */
export function openApi({ simulator, url }: Seen, workspace: string): ApiCaller {
  return callApiFrom(
    () => url,
    async () => {
      const page = await fetch(simulator.pageUrl('workspace', { workspace }));
      const session = /name="session" content="([^"]+)"/u.exec(await page.text())?.[1];
      if (session === undefined) throw new Error(`The page of ${workspace} answered ${page.status}.`);
      return session;
    },
  );
}

/** Resolves once the workspace has come in, with one repository, and all of its history. */
export async function installWith(seen: Seen, workspace: string, repository: string): Promise<void> {
  const { simulator, url } = seen;
  simulator.repositories.createRepository({ slug: repository, strategy: 'squash', workspace });
  await simulator.install(url, workspace);
  const api = openApi(seen, workspace);
  const isImported = async () => {
    const reply = await api.api('/import').catch(() => null);
    return reply?.status === 200 && (reply.body as { state: string }).state === 'done' ? true : null;
  };
  await waitUntil(isImported, { withinMs: 60_000, what: `the import of ${workspace}` });
}

/** How many deployments the API lists. */
export async function countDeployments(api: ApiCaller): Promise<number> {
  const { body } = await api.api('/deployments?from=2024-01-01&to=2099-12-31&limit=500');
  return (body as { items: readonly unknown[] }).items.length;
}
