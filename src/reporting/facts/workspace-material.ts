import type { Clock } from '../../domain/clock';
import type { OpenPullRequest } from '../../domain/pull-requests/pull-request-life';
import type { Workspace } from '../../store/workspaces/workspace-store';
import { createSystemDirectory, type SystemDirectory } from '../filter/system-directory';
import type { DeliveryFacts } from './delivery-facts';
import { FactMemory, type FactStores, type WorkspaceFacts } from './fact-memory';
import { OpenMemory } from './open-memory';

/** What every answer about a workspace is made from. */
export interface Material {
  readonly workspace: Workspace;
  readonly known: WorkspaceFacts;
  readonly systems: SystemDirectory;
}

export interface Loader {
  readonly clock: Clock;
  load(workspace: string): Promise<Material>;
  /** Every open pull request, those that a rule leaves out too. */
  loadOpen(material: Material): Promise<readonly OpenPullRequest[]>;
  isImporting(workspace: string): Promise<boolean>;
}

export interface LoaderNeeds {
  readonly clock: Clock;
  /** For links. */
  readonly bitbucketUrl: string;
  readonly isImporting: (workspace: string) => Promise<boolean>;
}

export function createLoader(stores: FactStores, { clock, bitbucketUrl, isImporting }: LoaderNeeds): Loader {
  const memory = new FactMemory(stores);
  const open = new OpenMemory(stores.pullRequests);
  return {
    clock,
    isImporting,
    load: async (uuid) => {
      const workspace = (await stores.workspaces.get(uuid)) ?? toUnknownWorkspace(uuid);
      const [known, repositories] = await Promise.all([
        memory.load(workspace),
        stores.repositories.list(uuid, { includeGone: true }),
      ]);
      const merged = findRepositories(known);
      return { workspace, known, systems: createSystemDirectory({ workspace, repositories, merged, bitbucketUrl }) };
    },
    loadOpen: async ({ workspace }) => open.load(workspace),
  };
}

/** The facts that a filter asks for. */
export function pickFacts({ known }: Pick<Material, 'known'>, { isRaw }: { readonly isRaw: boolean }): DeliveryFacts {
  return isRaw ? known.getRaw() : known.corrected;
}

const repositoriesOf = new WeakMap<readonly unknown[], ReadonlySet<string>>();

/** Uuids of the repositories with merges, found once for the same facts. */
function findRepositories({ everyMerge }: WorkspaceFacts): ReadonlySet<string> {
  const found = repositoriesOf.get(everyMerge) ?? new Set(everyMerge.map(({ repositoryUuid }) => repositoryUuid));
  repositoriesOf.set(everyMerge, found);
  return found;
}

/** A connection may be a moment older than the first fact about its workspace. */
function toUnknownWorkspace(uuid: string): Workspace {
  return {
    uuid,
    slug: '',
    name: '',
    version: 0,
    connectedAt: 0,
    importedSince: null,
    verifiedAt: null,
    repositoriesReadAt: null,
    groupsReadAt: null,
    administratorsReadAt: null,
    groupsProblem: null,
    eraseAt: null,
  };
}
