import type { Clock } from '../../domain/clock';
import type { Workspace } from '../../store/workspaces/workspace-store';
import { ColumnMemory } from '../facts/column-memory';
import { deriveRows } from '../facts/derive-rows';
import { toDerivation, type ColumnStores, type WorkspaceFacts } from '../facts/workspace-facts';
import { VersionMemory } from '../facts/version-memory';
import type { ImportProgress } from './import-progress';
import { createSystemDirectory } from './system-directory';
import type { WholeVersion, WorkspaceVersion } from './workspace-version';

export type VersionStores = ColumnStores & Pick<Stores, 'workspaces' | 'repositories' | 'notes'>;

export interface VersionNeeds {
  readonly clock: Clock;
  /** For links. */
  readonly bitbucketUrl: string;
  readonly loadProgress: (workspace: string) => Promise<ImportProgress>;
}

interface Memory<T> {
  holds(workspace: Workspace): boolean;
  load(workspace: Workspace): Promise<T>;
}

/** A workspace that changes without a pause is shown as it was read the last of so many times. */
const mostReadings = 3;

/**
 * Reads workspaces as they are now, and of each nothing again that has not changed since the last time. A workspace that
 * is not known is an empty one.
 */
export function createVersionReader(stores: VersionStores, needs: VersionNeeds) {
  const facts = new ColumnMemory(stores);
  const notes = new VersionMemory((workspace) => stores.notes.list(workspace));
  const openOnes = new VersionMemory((workspace) => stores.pullRequests.readOpen(workspace));
  const merged = joinMemories(facts, notes);
  const whole = joinMemories(merged, openOnes);
  return {
    read: async (uuid: string): Promise<WorkspaceVersion> => {
      const { workspace, found } = await readUnchanged(stores, uuid, merged);
      return addSurroundings(stores, needs, { workspace, known: found[0], notes: found[1] });
    },
    readWhole: async (uuid: string): Promise<WholeVersion> => {
      const { workspace, found } = await readUnchanged(stores, uuid, whole);
      const [[known, written], open] = found;
      return { ...(await addSurroundings(stores, needs, { workspace, known, notes: written })), open };
    },
  };
}

function joinMemories<A, B>(one: Memory<A>, other: Memory<B>): Memory<[A, B]> {
  return {
    holds: (workspace) => one.holds(workspace) && other.holds(workspace),
    load: (workspace) => Promise.all([one.load(workspace), other.load(workspace)]),
  };
}

/**
 * Everything that a version number stands for, of one version. What memory holds costs nothing; where something had to
 * be read, the number is looked at once more, and all is read again if a change came in meanwhile.
 */
async function readUnchanged<T>(
  { workspaces }: Pick<VersionStores, 'workspaces'>,
  uuid: string,
  memory: Memory<T>,
): Promise<{ readonly workspace: Workspace; readonly found: T }> {
  const find = async () => (await workspaces.get(uuid)) ?? toUnknownWorkspace(uuid);
  let workspace = await find();
  for (let reading = 1; ; reading += 1) {
    const isHeld = memory.holds(workspace);
    const found = await memory.load(workspace);
    const after = isHeld || reading === mostReadings ? workspace : await find();
    if (isSameVersion(workspace, after)) return { workspace: after, found };
    workspace = after;
  }
}

function isSameVersion(one: Workspace, other: Workspace): boolean {
  return one.version === other.version && one.connectedAt === other.connectedAt;
}

/** What has no part in the version: names of repositories, and how far the import is. */
async function addSurroundings(
  stores: VersionStores,
  { clock, bitbucketUrl, loadProgress }: VersionNeeds,
  { workspace, known, notes }: Pick<WorkspaceVersion, 'workspace' | 'known' | 'notes'>,
): Promise<WorkspaceVersion> {
  const [repositories, progress] = await Promise.all([
    stores.repositories.list(workspace.uuid, { includeGone: true }),
    loadProgress(workspace.uuid),
  ]);
  const systems = createSystemDirectory({ workspace, repositories, merged: known.repositories, bitbucketUrl });
  const readMerges = createReadMerges(stores, workspace.uuid, known);
  return { workspace, known, notes, systems, progress, readMerges, now: clock.now(), visible: null };
}

/** Words may be of a moment after the version; what is counted and in which order it stands is of the version. */
function createReadMerges({ merges }: VersionStores, workspace: string, known: WorkspaceFacts): ReadMerges {
  return async (keys, choice) => {
    const recorded = await merges.readByKeys(workspace, keys);
    return deriveRows(merges, workspace, { recorded, derivation: toDerivation(known, choice) });
  };
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
    polledAt: null,
    requestLimit: null,
    eraseAt: null,
  };
}
