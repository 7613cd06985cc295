import { findRepository } from '../rest/call';
import { toPushNotice, type BranchMove } from './notices';
import { addCommit } from '../world/commit-graph';
import { toRawAuthor } from '../world/people';
import { toWholeSecond } from '../world/working-time';
import type { SimulatorNotice } from '../connect/deliver-notice';
import type { Place } from '../present/commit';
import type { Addresses } from '../present/links';
import type { Account, Clock, Commit, Instant, PullRequest, Repository, Workspace, World } from '../world/model';

/** Who does something, where and when. Names are slugs or uuids; people also go by their nickname or name. */
export interface Doing {
  /** Default: the only workspace, or the first. */
  readonly workspace?: string;
  readonly repository: string;
  /** Default: the workspace's owner. */
  readonly by?: string;
  /** Default: now. */
  readonly at?: Instant;
}

export interface NewCommit {
  readonly message?: string;
  /** Default: the moment of the push. Cut to whole seconds. */
  readonly authoredAt?: Instant;
  readonly linesAdded?: number;
  readonly linesRemoved?: number;
  /** Merges this branch's head into the source branch. */
  readonly merges?: string;
}

export interface Scene {
  readonly place: Place;
  readonly workspace: Workspace;
  readonly repository: Repository;
  readonly actor: Account;
  readonly at: Instant;
}

/** Finds what a doing names, and writes commits; the controls are built on it. */
export class ControlRoom {
  constructor(
    readonly world: World,
    readonly addresses: Addresses,
    readonly clock: Clock,
  ) {}

  findWorkspace(name: string | undefined): Workspace {
    const found = this.world.workspaces.find(({ uuid, slug }) => name === undefined || name === slug || name === uuid);
    if (found === undefined) {
      throw new Error(`No workspace ${name ?? ''}.`);
    }
    return found;
  }

  enter(doing: Doing): Scene {
    const workspace = this.findWorkspace(doing.workspace);
    const repository = findRepository(workspace, doing.repository);
    if (repository === null) {
      throw new Error(`No repository ${doing.repository} in ${workspace.slug}.`);
    }
    const place = { addresses: this.addresses, workspace, repository };
    return {
      place,
      workspace,
      repository,
      actor: this.findPerson(workspace, doing.by),
      at: doing.at ?? this.clock.now(),
    };
  }

  findPerson(workspace: Workspace, name: string | undefined): Account {
    const wanted = name ?? workspace.ownerUuid;
    const found = [...workspace.people.values()].find(({ uuid, nickname, displayName }) =>
      [uuid, nickname, displayName].includes(wanted),
    );
    if (found === undefined) {
      throw new Error(`Nobody is called ${wanted} in ${workspace.slug}.`);
    }
    return found;
  }

  findPullRequest({ repository }: Scene, id: number): PullRequest {
    const found = repository.pullRequests.get(id);
    if (found === undefined) {
      throw new Error(`No pull request ${id} in ${repository.slug}.`);
    }
    return found;
  }

  /** Puts commits on top of a parent (or begins a history), oldest first. */
  writeCommits(scene: Scene, parent: string | null, commits: readonly NewCommit[]): Commit[] {
    let head = parent;
    return commits.map((one, index) => {
      const commit = this.#writeCommit(scene, head, { message: `Change ${index + 1}`, ...one });
      head = commit.hash;
      return commit;
    });
  }

  #writeCommit({ repository, actor, at }: Scene, parent: string | null, one: NewCommit): Commit {
    const merged = one.merges === undefined ? undefined : repository.branches.get(one.merges);
    const authoredAt = toWholeSecond(one.authoredAt ?? at);
    return addCommit(repository, {
      parents: [parent, merged].flatMap((hash) => hash ?? []),
      authorUuid: actor.uuid,
      rawAuthor: toRawAuthor(actor),
      authoredAt,
      committedAt: authoredAt,
      message: `${one.message ?? 'Change'}\n`,
      size: { linesAdded: one.linesAdded ?? 10, linesRemoved: one.linesRemoved ?? 2, files: 1 },
    });
  }

  /** Moves a branch and tells it. */
  moveBranch(scene: Scene, move: BranchMove): SimulatorNotice {
    const { repository, at } = scene;
    if (move.newHash === null) {
      repository.branches.delete(move.branch);
    } else {
      repository.branches.set(move.branch, move.newHash);
    }
    repository.updatedAt = Math.max(repository.updatedAt, at);
    return toPushNotice({ place: scene.place, actorUuid: scene.actor.uuid, at }, [move]);
  }
}
