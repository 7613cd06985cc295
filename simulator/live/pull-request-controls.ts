import { presentVerdict } from '../present/activity';
import { createPullRequest, declinePullRequest } from '../world/growth/grow-repository';
import { mergePullRequest } from '../world/merge-pull-request';
import { reachFrom, walkCommits } from '../world/commit-graph';
import { toRawAuthor } from '../world/people';
import { uuidOf } from '../world/random';
import { CommentControls, type Comment, type OnComment, type OnPullRequest } from './comment-controls';
import { toPullRequestNotice, toPushNotice, type BranchMove } from './notices';
import { findDestination, toUpdate, touch, touchRepository } from './write-pull-request';
import type { Json } from '../present/account';
import type { SimulatorNotice } from '../connect/deliver-notice';
import type { Act, Fork, MergeStrategy, PullRequest, Repository, VerdictActivity } from '../world/model';
import type { ControlRoom, Doing, NewCommit, Scene } from './control-room';

export interface Opening extends Doing {
  readonly title?: string;
  /** Default: `feature/<number>`. */
  readonly sourceBranch?: string;
  /** Default: the main branch. */
  readonly destination?: string;
  /** Default: one commit, now. */
  readonly commits?: readonly NewCommit[];
  readonly isDraft?: boolean;
  readonly reviewers?: readonly string[];
  /** Default: true. */
  readonly closeSourceBranch?: boolean;
  /** Full name of the fork that its source branch is in. Default: the repository itself. */
  readonly fork?: string;
}

interface Edit {
  readonly title?: string;
  readonly isDraft?: boolean;
  readonly isQueued?: boolean;
  readonly reviewers?: readonly string[];
}

const newBranch = { oldHash: null, isForced: false };

/** Acts on pull requests: each changes the world and returns the notices Bitbucket would send, in its order. */
export class PullRequestControls {
  /** The threads of comments: resolved and opened again. */
  readonly comments: CommentControls;

  constructor(private readonly room: ControlRoom) {
    this.comments = new CommentControls(room);
  }

  openPullRequest(opening: Opening): { pullRequest: PullRequest; notices: SimulatorNotice[] } {
    const scene = this.room.enter(opening);
    const { repository } = scene;
    const { destination, base } = findDestination(scene, opening.destination);
    const id = Math.max(0, ...repository.pullRequests.keys()) + 1;
    const title = opening.title ?? `Change ${id}`;
    const pullRequest = createPullRequest(id, { title, author: scene.actor, openedAt: scene.at, destination });
    const commits = this.room.writeCommits(scene, base, opening.commits ?? [{}]);
    const branch = opening.sourceBranch ?? `feature/${id}`;
    const head = commits.at(-1)?.hash ?? base;
    const fork = opening.fork === undefined ? null : toFork(opening.fork, repository);
    pullRequest.source = { branch, hash: head, fork, isForkGone: false };
    pullRequest.destination = { branch: destination, hash: base };
    pullRequest.commits = commits.map(({ hash }) => hash);
    this.#dress(scene, pullRequest, opening);
    repository.pullRequests.set(id, pullRequest);
    const move = { ...newBranch, branch, newHash: head, commits: [...commits].reverse() };
    const created = this.#tell(scene, pullRequest, { eventKey: 'pullrequest:created' });
    return { pullRequest, notices: [...this.#moveSource(scene, pullRequest, move), created] };
  }

  /** A branch of a fork moves without a word of this repository. */
  #moveSource(scene: Scene, { source }: PullRequest, move: BranchMove): SimulatorNotice[] {
    touchRepository(scene);
    return source.fork === null ? [this.room.moveBranch(scene, move)] : [];
  }

  #dress(scene: Scene, pullRequest: PullRequest, opening: Opening): void {
    pullRequest.isDraft = opening.isDraft ?? false;
    pullRequest.closeSourceBranch = opening.closeSourceBranch ?? true;
    this.#ask(scene, pullRequest, opening.reviewers ?? []);
    pullRequest.activities.push(toUpdate(scene, pullRequest));
  }

  #ask(scene: Scene, pullRequest: PullRequest, reviewers: readonly string[]): void {
    pullRequest.reviewerUuids = reviewers.map((name) => this.room.findPerson(scene.workspace, name).uuid);
  }

  /**
   * Puts commits on the source branch; `force` replaces what was there. Of a fork's branch `pullrequest:push` is the
   * only notice.
   */
  push(
    doing: OnPullRequest & { readonly commits?: readonly NewCommit[]; readonly force?: boolean },
  ): SimulatorNotice[] {
    const scene = this.room.enter(doing);
    const pullRequest = this.room.findPullRequest(scene, doing.id);
    const { branch, hash: oldHash } = pullRequest.source;
    const destinationHead = scene.repository.branches.get(pullRequest.destination.branch) ?? '';
    const isForced = doing.force ?? false;
    const parent = isForced ? destinationHead : oldHash;
    const added = this.room.writeCommits(scene, parent, doing.commits ?? [{}]);
    const newHash = added.at(-1)?.hash ?? oldHash;
    pullRequest.source.hash = newHash;
    const range = { include: [newHash], exclude: [destinationHead] };
    pullRequest.commits = walkCommits(scene.repository, range)
      .map(({ hash }) => hash)
      .reverse();
    pullRequest.activities.push(toUpdate(scene, pullRequest));
    touch(scene, pullRequest);
    // What a merge of another branch brought along is told too.
    const commits = walkCommits(scene.repository, { include: [newHash], exclude: [oldHash] });
    const moved = this.#moveSource(scene, pullRequest, { branch, oldHash, newHash, isForced, commits });
    const told = [...(moved.length === 0 ? [] : ['pullrequest:updated']), 'pullrequest:push'];
    return [...moved, ...told.map((eventKey) => this.#tell(scene, pullRequest, { eventKey }))];
  }

  /** Changes the title, the draft mark or who is asked for a review, or puts it into the merge queue and takes it out. */
  edit(doing: OnPullRequest & Edit): SimulatorNotice[] {
    const scene = this.room.enter(doing);
    const pullRequest = this.room.findPullRequest(scene, doing.id);
    pullRequest.title = doing.title ?? pullRequest.title;
    pullRequest.isDraft = doing.isDraft ?? pullRequest.isDraft;
    pullRequest.isQueued = doing.isQueued ?? pullRequest.isQueued;
    if (doing.reviewers !== undefined) this.#ask(scene, pullRequest, doing.reviewers);
    pullRequest.activities.push(toUpdate(scene, pullRequest));
    touch(scene, pullRequest);
    return [this.#tell(scene, pullRequest, { eventKey: 'pullrequest:updated' })];
  }

  comment(doing: Comment): { id: number; notices: SimulatorNotice[] } {
    return this.comments.comment(doing);
  }

  deleteComment(doing: OnComment): SimulatorNotice[] {
    return this.comments.deleteComment(doing);
  }

  approve(doing: OnPullRequest): SimulatorNotice[] {
    return this.#judge(doing, 'approval');
  }

  requestChanges(doing: OnPullRequest): SimulatorNotice[] {
    return this.#judge(doing, 'changes_request');
  }

  /** Takes an approval back: whether the activity goes on showing it is a habit of the workspace. */
  unapprove(doing: OnPullRequest): SimulatorNotice[] {
    return this.#withdraw(doing, 'approval');
  }

  withdrawChanges(doing: OnPullRequest): SimulatorNotice[] {
    return this.#withdraw(doing, 'changes_request');
  }

  #judge(doing: OnPullRequest, kind: 'approval' | 'changes_request'): SimulatorNotice[] {
    const scene = this.room.enter(doing);
    const pullRequest = this.room.findPullRequest(scene, doing.id);
    const activity = { kind, at: scene.at, actorUuid: scene.actor.uuid };
    pullRequest.activities.push(activity);
    touch(scene, pullRequest);
    const more = { [kind]: presentVerdict(scene.place, pullRequest, activity) };
    const eventKey = kind === 'approval' ? 'pullrequest:approved' : 'pullrequest:changes_request_created';
    return [this.#tell(scene, pullRequest, { eventKey, more })];
  }

  #withdraw(doing: OnPullRequest, kind: 'approval' | 'changes_request'): SimulatorNotice[] {
    const scene = this.room.enter(doing);
    const pullRequest = this.room.findPullRequest(scene, doing.id);
    const { uuid } = scene.actor;
    const isTheirs = (activity: Act): activity is VerdictActivity =>
      activity.kind === kind && activity.actorUuid === uuid;
    pullRequest.withdrawn.push(...pullRequest.activities.filter(isTheirs));
    pullRequest.activities = pullRequest.activities.filter((activity) => !isTheirs(activity));
    touch(scene, pullRequest);
    const more = { [kind]: presentVerdict(scene.place, pullRequest, { at: scene.at, actorUuid: uuid }) };
    const eventKey = kind === 'approval' ? 'pullrequest:unapproved' : 'pullrequest:changes_request_removed';
    return [this.#tell(scene, pullRequest, { eventKey, more })];
  }

  /** The push to the destination and the deletion of the source branch are told before the merge itself. */
  merge(doing: OnPullRequest & { readonly strategy?: MergeStrategy }): SimulatorNotice[] {
    const scene = this.room.enter(doing);
    const { repository, actor, at, place } = scene;
    const pullRequest = this.room.findPullRequest(scene, doing.id);
    const strategy = doing.strategy ?? repository.strategy;
    const rawAuthor = toRawAuthor(actor);
    const before = reachFrom(repository, [repository.branches.get(pullRequest.destination.branch) ?? '']);
    const result = mergePullRequest(repository, pullRequest, { strategy, at, byUuid: actor.uuid, rawAuthor });
    touchRepository(scene);
    const { newHead: newHash, oldHead: oldHash } = result;
    const commits = walkCommits(repository, { include: [newHash], exclude: [oldHash] }).filter(
      ({ hash }) => !before.has(hash),
    );
    const cause = { place, actorUuid: actor.uuid, at };
    const moves = [{ branch: pullRequest.destination.branch, oldHash, newHash, isForced: false, commits }];
    const deleted = {
      branch: pullRequest.source.branch,
      oldHash: pullRequest.source.hash,
      newHash: null,
      isForced: false,
      commits: [],
    };
    return [
      toPushNotice(cause, moves),
      ...(result.isSourceDeleted ? [toPushNotice(cause, [deleted])] : []),
      this.#tell(scene, pullRequest, { eventKey: 'pullrequest:fulfilled' }),
    ];
  }

  /** Takes away what tells when it was merged: the update in its activity, the commit that merged it, or both. */
  forgetMerge(doing: OnPullRequest & { readonly witnesses: readonly ('update' | 'merge_commit')[] }): void {
    const pullRequest = this.room.findPullRequest(this.room.enter(doing), doing.id);
    if (doing.witnesses.includes('update')) {
      pullRequest.activities = pullRequest.activities.filter(
        (activity) => activity.kind !== 'update' || activity.state !== 'MERGED',
      );
    }
    if (doing.witnesses.includes('merge_commit')) {
      pullRequest.mergeHash = null;
    }
  }

  decline(doing: OnPullRequest): SimulatorNotice[] {
    const scene = this.room.enter(doing);
    const pullRequest = this.room.findPullRequest(scene, doing.id);
    declinePullRequest(pullRequest, { state: 'DECLINED', at: scene.at, byUuid: scene.actor.uuid });
    touchRepository(scene);
    return [this.#tell(scene, pullRequest, { eventKey: 'pullrequest:rejected' })];
  }

  #tell(scene: Scene, pullRequest: PullRequest, told: { eventKey: string; more?: Json }): SimulatorNotice {
    const cause = { place: scene.place, eventKey: told.eventKey, actorUuid: scene.actor.uuid, at: scene.at };
    return toPullRequestNotice(cause, pullRequest, told.more);
  }
}

function toFork(fullName: string, { name }: Repository): Fork {
  return { uuid: uuidOf(fullName), fullName, name };
}
