import { presentPerson, type Json } from '../present/account';
import { presentPushedCommit, type Place } from '../present/commit';
import { presentPullRequest } from '../present/pull-request';
import { fullNameOf, presentBranch, presentNoticeRepository } from '../present/repository';
import { uuidOf } from '../world/random';
import type { SimulatorNotice } from '../connect/deliver-notice';
import type { Commit, Instant, PullRequest } from '../world/model';

export interface Cause {
  readonly place: Place;
  readonly eventKey: string;
  readonly actorUuid: string | null;
  readonly at: Instant;
}

let noticeCount = 0;

/** Wraps a payload as the Connect door does. What is true now is what the notice will say for ever. */
export function toNotice({ place, eventKey, actorUuid, at }: Cause, data: Json): SimulatorNotice {
  noticeCount += 1;
  const { addresses, workspace, repository } = place;
  const actor = presentPerson(addresses, workspace, actorUuid);
  const known = { ...data, repository: presentNoticeRepository(addresses, workspace, repository) };
  return {
    workspaceUuid: workspace.uuid,
    eventKey,
    requestUuid: uuidOf(`notice ${process.pid} ${noticeCount} ${at} ${eventKey} ${repository.uuid}`).slice(1, -1),
    at,
    body: JSON.stringify({ event: eventKey, data: actor === null ? known : { ...known, actor } }),
  };
}

/** A `pullrequest:*` notice; `more` is the approval, changes request or comment that caused it. */
export function toPullRequestNotice(cause: Cause, pullRequest: PullRequest, more: Json = {}): SimulatorNotice {
  return toNotice(cause, { ...more, pullrequest: presentPullRequest(cause.place, pullRequest) });
}

/** One branch moved, made (`oldHash` null) or deleted (`newHash` null). */
export interface BranchMove {
  readonly branch: string;
  readonly oldHash: string | null;
  readonly newHash: string | null;
  readonly isForced: boolean;
  /** What came with it, newest first. */
  readonly commits: readonly Commit[];
}

const mostCommits = 5;

/** A `repo:push` notice: at most five commits a change, none for a deletion. */
export function toPushNotice(cause: Omit<Cause, 'eventKey'>, moves: readonly BranchMove[]): SimulatorNotice {
  const changes = moves.map((move) => {
    const commits = move.commits.slice(0, mostCommits).map((commit) => presentPushedCommit(cause.place, commit));
    return {
      forced: move.isForced,
      old: toRef(cause.place, move.branch, move.oldHash),
      links: toChangeLinks(cause.place, move),
      created: move.oldHash === null,
      truncated: move.commits.length > mostCommits,
      closed: move.newHash === null,
      new: toRef(cause.place, move.branch, move.newHash),
      ...(move.newHash === null ? {} : { commits }),
    };
  });
  return toNotice({ ...cause, eventKey: 'repo:push' }, { push: { changes } });
}

function toRef(place: Place, name: string, hash: string | null): Json | null {
  const commit = hash === null ? undefined : place.repository.commits.get(hash);
  if (commit === undefined) {
    return null;
  }
  const { strategy } = place.repository;
  const target = presentPushedCommit(place, commit);
  return presentBranch(place.addresses, fullNameOf(place.workspace, place.repository), { name, strategy, target });
}

function toChangeLinks({ addresses, workspace, repository }: Place, move: BranchMove): Json {
  const path = `${addresses.base}/2.0/repositories/${fullNameOf(workspace, repository)}`;
  const commits = { href: `${path}/commits?include=${move.newHash ?? ''}&exclude=${move.oldHash ?? ''}` };
  return move.newHash === null ? {} : { commits };
}
