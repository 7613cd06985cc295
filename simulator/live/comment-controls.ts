import { presentComment } from '../present/activity';
import { toPullRequestNotice } from './notices';
import { touch } from './write-pull-request';
import type { SimulatorNotice } from '../connect/deliver-notice';
import type { CommentActivity, InlinePlace, PullRequest } from '../world/model';
import type { ControlRoom, Doing, Scene } from './control-room';

export interface OnPullRequest extends Doing {
  readonly id: number;
}

export interface Comment extends OnPullRequest {
  readonly text?: string;
  readonly inline?: InlinePlace | null;
}

export interface OnComment extends OnPullRequest {
  readonly commentId: number;
}

interface Found {
  readonly scene: Scene;
  readonly pullRequest: PullRequest;
  readonly activity: CommentActivity;
}

/** What people do with comments of a pull request; each changes the world and returns the notices Bitbucket would send. */
export class CommentControls {
  constructor(private readonly room: ControlRoom) {}

  comment(doing: Comment): { id: number; notices: SimulatorNotice[] } {
    const scene = this.room.enter(doing);
    const pullRequest = this.room.findPullRequest(scene, doing.id);
    const id = scene.repository.nextCommentId;
    scene.repository.nextCommentId += 1;
    const activity: CommentActivity = {
      kind: 'comment',
      at: scene.at,
      updatedAt: scene.at,
      actorUuid: scene.actor.uuid,
      id,
      text: doing.text ?? 'A remark.',
      isDeleted: false,
      inline: doing.inline ?? null,
    };
    pullRequest.activities.push(activity);
    return { id, notices: tell({ scene, pullRequest, activity }, 'pullrequest:comment_created') };
  }

  deleteComment(doing: OnComment): SimulatorNotice[] {
    const found = this.#find(doing);
    found.activity.isDeleted = true;
    found.activity.updatedAt = found.scene.at;
    return tell(found, 'pullrequest:comment_deleted');
  }

  resolveComment(doing: OnComment): SimulatorNotice[] {
    const found = this.#find(doing);
    found.activity.resolution = { actorUuid: found.scene.actor.uuid, at: found.scene.at };
    return tell(found, 'pullrequest:comment_resolved');
  }

  reopenComment(doing: OnComment): SimulatorNotice[] {
    const found = this.#find(doing);
    found.activity.resolution = null;
    return tell(found, 'pullrequest:comment_reopened');
  }

  #find(doing: OnComment): Found {
    const scene = this.room.enter(doing);
    const pullRequest = this.room.findPullRequest(scene, doing.id);
    const activity = pullRequest.activities.find((one) => one.kind === 'comment' && one.id === doing.commentId);
    if (activity?.kind !== 'comment') {
      throw new Error(`No comment ${doing.commentId}.`);
    }
    return { scene, pullRequest, activity };
  }
}

function tell({ scene, pullRequest, activity }: Found, eventKey: string): SimulatorNotice[] {
  touch(scene, pullRequest, 'comment');
  const cause = { place: scene.place, eventKey, actorUuid: scene.actor.uuid, at: scene.at };
  return [toPullRequestNotice(cause, pullRequest, { comment: presentComment(scene.place, pullRequest, activity) })];
}
