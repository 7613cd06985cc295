import type { Clock } from '../../domain/clock';
import type { Instant } from '../../domain/instant';
import type { Repository } from '../../store/repositories/repository-store';
import type { Workspace } from '../../store/workspaces/workspace-store';
import type { WorkspaceViews } from '../../domain/views/saved-view';
import type { Note } from '../../domain/corrections/note';
import type { Stores } from '../../store/stores';
import { ColumnMemory } from '../facts/column-memory';
import { deriveRows } from '../facts/derive-rows';
import { toDerivation, type ColumnStores, type WorkspaceFacts } from '../facts/workspace-facts';
import { VersionMemory } from '../facts/version-memory';
import type { ImportProgress } from './import-progress';
import { createSystemDirectory, type SystemDirectory } from './system-directory';
import type { MergeQueries, QualityQueries, WholeVersion, WorkspaceVersion } from './workspace-version';

export type VersionStores = ColumnStores &
  Pick<Stores, 'workspaces' | 'repositories' | 'notes' | 'views' | 'readingProblems' | 'repairs'>;

export interface VersionNeeds {
  readonly clock: Clock;
  /** For links. */
  readonly bitbucketUrl: string;
  readonly loadProgress: (workspace: string) => Promise<ImportProgress>;
  /** Finished columns could not be stored: nothing is lost, but the next start takes longer. */
  readonly onProblem?: (error: unknown) => void;
}

interface Memory<T> {
  holds(workspace: Workspace): boolean;
  load(workspace: Workspace): Promise<T>;
}

/** A workspace that changes without a pause is shown as it was read the last of so many times. */
const mostReadings = 3;

/** A workspace as it was when a request began. */
interface Present {
  readonly workspace: Workspace;
  readonly progress: ImportProgress;
  readonly now: Instant;
}

/** A workspace that is looked at: how it is, and its version, of which nothing is read that has been read before. */
export interface BegunReading {
  /**
   * Another text as soon as any answer may be another: a new version, other progress, or a new minute, as relative times
   * are told in whole ones. Of what was read last.
   */
  getState(): string;
  read(): Promise<WorkspaceVersion>;
  readWhole(): Promise<WholeVersion>;
}

/**
 * Reads workspaces as they are now, and of each nothing again that has not changed since the last time. A workspace that
 * is not known is an empty one.
 */
export function createVersionReader(stores: VersionStores, needs: VersionNeeds) {
  const facts = new ColumnMemory(stores, needs.onProblem === undefined ? {} : { onProblem: needs.onProblem });
  const notes = new VersionMemory((workspace) => stores.notes.list(workspace));
  const views = new VersionMemory((workspace) => stores.views.list(workspace));
  const repositories = new VersionMemory((workspace) => stores.repositories.list(workspace, { includeGone: true }));
  const openOnes = new VersionMemory((workspace) => stores.pullRequests.readOpen(workspace));
  const merged = joinMemories(facts, joinMemories(joinMemories(notes, views), repositories));
  const whole = joinMemories(merged, openOnes);
  const toSystems = keepDirectories(needs.bitbucketUrl);

  const begin = async (uuid: string): Promise<BegunReading> => {
    let present = await readPresent(stores, needs, uuid);
    const readOnce = async <T>(memory: Memory<T>): Promise<T> => {
      const { workspace, found } = await readUnchanged(stores, present.workspace, memory);
      // Reading took its time, and the progress may be another by now.
      if (workspace !== present.workspace) present = { ...(await readPresent(stores, needs, uuid)), workspace };
      return found;
    };
    const toVersion = ([known, [[written, kept], listed]]: LoadedFacts): WorkspaceVersion => ({
      ...present,
      ...{ known, notes: written, views: kept, visible: null, merges: createMergeQueries(stores, uuid, known) },
      quality: createQualityQueries(stores, uuid),
      systems: toSystems({ workspace: present.workspace, repositories: listed, merged: known.repositories }),
    });
    return {
      getState: () => formatState(present),
      read: async () => toVersion(await readOnce(merged)),
      readWhole: async () => {
        const [loaded, open] = await readOnce(whole);
        return { ...toVersion(loaded), open };
      },
    };
  };
  return {
    /** Waits for what is being read and stored: the database may be closed then. */
    settle: () => facts.settle(),
    begin,
    read: async (uuid: string): Promise<WorkspaceVersion> => (await begin(uuid)).read(),
    readWhole: async (uuid: string): Promise<WholeVersion> => (await begin(uuid)).readWhole(),
  };
}

type LoadedFacts = readonly [
  WorkspaceFacts,
  readonly [readonly [readonly Note[], WorkspaceViews], readonly Repository[]],
];

async function readPresent(
  { workspaces }: Pick<VersionStores, 'workspaces'>,
  { clock, loadProgress }: VersionNeeds,
  uuid: string,
): Promise<Present> {
  const [workspace, progress] = await Promise.all([workspaces.get(uuid), loadProgress(uuid)]);
  return { workspace: workspace ?? toUnknownWorkspace(uuid), progress, now: clock.now() };
}

const minute = 60_000;

function formatState({ workspace, progress, now }: Present): string {
  return JSON.stringify([workspace, progress, Math.floor(now / minute)]);
}

type DirectoryMaterial = Omit<Parameters<typeof createSystemDirectory>[0], 'bitbucketUrl'>;

/** A directory serves as long as what it was made of is in memory, which is as long as the version. */
function keepDirectories(bitbucketUrl: string): (material: DirectoryMaterial) => SystemDirectory {
  const kept = new WeakMap<readonly Repository[], { readonly merged: object; readonly systems: SystemDirectory }>();
  return (material) => {
    const { repositories, merged } = material;
    const known = kept.get(repositories);
    if (known?.merged === merged) return known.systems;
    const systems = createSystemDirectory({ ...material, bitbucketUrl });
    kept.set(repositories, { merged, systems });
    return systems;
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
  begun: Workspace,
  memory: Memory<T>,
): Promise<{ readonly workspace: Workspace; readonly found: T }> {
  const find = async () => (await workspaces.get(begun.uuid)) ?? toUnknownWorkspace(begun.uuid);
  let workspace = begun;
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

/** Words may be of a moment after the version; what is counted and in which order it stands is of the version. */
function createMergeQueries({ merges }: VersionStores, workspace: string, known: WorkspaceFacts): MergeQueries {
  return {
    read: async (keys, choice) => {
      const recorded = await merges.readByKeys(workspace, keys);
      return deriveRows(merges, workspace, { recorded, derivation: toDerivation(known, choice) });
    },
    readProofFacts: (span) => merges.readProofFacts(workspace, span),
    findWords: (search) => merges.findWords(workspace, search),
    readWords: (keys) => merges.readWords(workspace, keys),
    count: (among) => merges.countMerged(workspace, among),
  };
}

function createQualityQueries({ merges, readingProblems, repairs }: VersionStores, workspace: string): QualityQueries {
  return {
    readUnsure: (span) => merges.readUnsure(workspace, span),
    listProblems: () => readingProblems.list(workspace),
    countRepairs: (from) => repairs.count(workspace, from),
  };
}

/** A connection may be a moment older than the first fact about its workspace. */
function toUnknownWorkspace(uuid: string): Workspace {
  return {
    uuid,
    slug: '',
    name: '',
    version: 0,
    peopleChangedIn: 0,
    connectedAt: 0,
    importedSince: null,
    verifiedAt: null,
    repositoriesReadAt: null,
    groupsReadAt: null,
    administratorsReadAt: null,
    groupsProblem: null,
    polledAt: null,
    requestLimit: null,
    bitbucketAheadSeconds: null,
    eraseAt: null,
  };
}
