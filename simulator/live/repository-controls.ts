import { createRepository } from '../world/growth/grow-repository';
import { fullNameOf, refOf } from '../present/repository';
import { uuidOf } from '../world/random';
import { mainProject } from '../world/rights';
import { toNotice } from './notices';
import type { Json } from '../present/account';
import type { SimulatorNotice } from '../connect/deliver-notice';
import type { Account, Instant, MergeStrategy, Repository } from '../world/model';
import type { ControlRoom, Doing, NewCommit } from './control-room';

export interface NewRepository extends Omit<Doing, 'repository'> {
  readonly slug: string;
  readonly name?: string;
  /** Default: `main` with a first commit; `null` leaves it empty. */
  readonly mainBranch?: string | null;
  /** Default: merge commits. */
  readonly strategy?: MergeStrategy;
  /** Key of its project. Default: `MAIN`. */
  readonly project?: string;
  /** Default: true. */
  readonly isPrivate?: boolean;
}

/** Acts on repositories, groups and people; the notices are those Bitbucket would send. */
export class RepositoryControls {
  constructor(private readonly room: ControlRoom) {}

  createRepository(from: NewRepository): { repository: Repository; notices: SimulatorNotice[] } {
    const workspace = this.room.findWorkspace(from.workspace);
    const at = from.at ?? this.room.clock.now();
    const uuid = uuidOf(`repository ${workspace.uuid} ${from.slug} ${workspace.repositories.size}`);
    const made = { ...toRepository(from, at), uuid };
    workspace.repositories.set(uuid, made);
    const scene = this.room.enter({ ...from, repository: uuid, at });
    const { mainBranch = 'main' } = from;
    if (mainBranch !== null) {
      const first = this.room.writeCommits(scene, null, [{ message: 'Initial commit' }])[0];
      made.mainBranch = mainBranch;
      made.branches.set(mainBranch, first?.hash ?? '');
    }
    const cause = { place: scene.place, eventKey: 'repo:created', actorUuid: scene.actor.uuid, at };
    return { repository: made, notices: [toNotice(cause, {})] };
  }

  /** Commits straight to a branch, without a pull request; makes the branch when it is new. */
  commit(doing: Doing & { readonly branch: string; readonly commits?: readonly NewCommit[] }): SimulatorNotice[] {
    const scene = this.room.enter(doing);
    const { repository } = scene;
    const oldHash = repository.branches.get(doing.branch) ?? null;
    const base = oldHash ?? findMainHead(repository);
    const commits = this.room.writeCommits(scene, base, doing.commits ?? [{}]);
    repository.mainBranch ??= doing.branch;
    const newHash = commits.at(-1)?.hash ?? base;
    const move = { branch: doing.branch, oldHash, newHash, isForced: false, commits: [...commits].reverse() };
    return [this.room.moveBranch(scene, move)];
  }

  deleteBranch(doing: Doing & { readonly branch: string }): SimulatorNotice[] {
    const scene = this.room.enter(doing);
    const oldHash = scene.repository.branches.get(doing.branch) ?? null;
    return [
      this.room.moveBranch(scene, { branch: doing.branch, oldHash, newHash: null, isForced: false, commits: [] }),
    ];
  }

  /** The slug follows the name, and with it every address. */
  renameRepository(doing: Doing & { readonly name: string }): SimulatorNotice[] {
    const scene = this.room.enter(doing);
    const { repository, workspace, place, at } = scene;
    const old = { name: repository.name, slug: repository.slug, fullName: fullNameOf(workspace, repository) };
    repository.name = doing.name;
    repository.slug = doing.name.toLowerCase().replaceAll(/[^a-z0-9._-]+/gu, '-');
    repository.updatedAt = at;
    const changes = {
      name: { new: repository.name, old: old.name },
      slug: { new: repository.slug, old: old.slug },
      full_name: { new: fullNameOf(workspace, repository), old: old.fullName },
      links: { new: {}, old: {} },
    };
    return [toNotice({ place, eventKey: 'repo:updated', actorUuid: scene.actor.uuid, at }, { changes })];
  }

  /**
   * Chooses another main branch, or none. Whether Bitbucket tells of it, and how, is not known: the notice is one of
   * `repo:updated`, to be sent or not.
   */
  setDefaultBranch(doing: Doing & { readonly branch: string | null }): SimulatorNotice[] {
    const { repository, place, actor, at } = this.room.enter(doing);
    if (doing.branch !== null && !repository.branches.has(doing.branch)) {
      throw new Error(`No branch ${doing.branch} in ${repository.slug}.`);
    }
    const toBranch = (name: string | null): Json | null => (name === null ? null : { type: 'branch', name });
    const changes = { mainbranch: { new: toBranch(doing.branch), old: toBranch(repository.mainBranch) } };
    repository.mainBranch = doing.branch;
    repository.updatedAt = Math.max(repository.updatedAt, at);
    return [toNotice({ place, eventKey: 'repo:updated', actorUuid: actor.uuid, at }, { changes })];
  }

  deleteRepository(doing: Doing): SimulatorNotice[] {
    const { repository, workspace, place, actor, at } = this.room.enter(doing);
    const notice = toNotice({ place, eventKey: 'repo:deleted', actorUuid: actor.uuid, at }, {});
    workspace.repositories.delete(repository.uuid);
    return [notice];
  }

  /** A fork within the workspace: a repository of its own with the same history and no pull requests. */
  forkRepository(doing: Doing & { readonly slug: string }): { repository: Repository; notices: SimulatorNotice[] } {
    const { repository: from, workspace, place, actor, at } = this.room.enter(doing);
    const { slug } = doing;
    const made: Repository = {
      ...createRepository({ slug, name: slug, strategy: from.strategy, language: from.language, from: at }),
      uuid: uuidOf(`fork ${workspace.uuid} ${slug}`),
      mainBranch: from.mainBranch,
      commits: new Map(from.commits),
      prefixes: new Map(from.prefixes),
      branches: new Map(from.branches),
    };
    workspace.repositories.set(made.uuid, made);
    const fork = refOf(place.addresses, workspace, made);
    return {
      repository: made,
      notices: [toNotice({ place, eventKey: 'repo:fork', actorUuid: actor.uuid, at }, { fork })],
    };
  }

  /** Makes, changes or (with `null`) deletes a group. No notice tells of it. */
  setGroupMembers(change: {
    readonly workspace?: string;
    readonly slug: string;
    readonly name?: string;
    readonly members: readonly string[] | null;
  }): SimulatorNotice[] {
    const workspace = this.room.findWorkspace(change.workspace);
    const others = workspace.groups.filter(({ slug }) => slug !== change.slug);
    const name = change.name ?? workspace.groups.find(({ slug }) => slug === change.slug)?.name ?? change.slug;
    const memberUuids = (change.members ?? []).map((member) => this.room.findPerson(workspace, member).uuid);
    workspace.groups = change.members === null ? others : [...others, { slug: change.slug, name, memberUuids }];
    return [];
  }

  addPerson(account: Account, workspace?: string): void {
    this.room.findWorkspace(workspace).people.set(account.uuid, account);
  }
}

function toRepository(from: NewRepository, at: Instant): Repository {
  const {
    slug,
    name = from.slug,
    strategy = 'merge_commit',
    project: projectKey = mainProject,
    isPrivate = true,
  } = from;
  return { ...createRepository({ slug, name, strategy, language: 'typescript', from: at }), projectKey, isPrivate };
}

function findMainHead({ branches, mainBranch }: Repository): string | null {
  return (mainBranch === null ? undefined : branches.get(mainBranch)) ?? null;
}
