import { presentPerson, type Json } from './account';
import { presentText, type Place } from './commit';
import { apiLink, siteLink } from './links';
import { presentDestination, presentPullRequestRef, presentSource, toStateWord } from './pull-request';
import { fullNameOf } from './repository';
import { toMicroseconds } from './times';
import type { Act, CommentActivity, PullRequest, UpdateActivity } from '../world/model';

/** One entry of the activity: exactly one of `update`, `comment`, `approval`, `changes_requested`. */
export function presentAct(place: Place, pullRequest: PullRequest, act: Act): Json {
  const about = { pull_request: presentPullRequestRef(place, pullRequest) };
  switch (act.kind) {
    case 'update':
      return { ...about, update: presentUpdate(place, pullRequest, act) };
    case 'comment':
      return { ...about, comment: presentComment(place, pullRequest, act) };
    case 'approval':
      return { ...about, approval: presentVerdict(place, pullRequest, act) };
    case 'changes_request':
      return { ...about, changes_requested: presentVerdict(place, pullRequest, act) };
  }
}

/** A full snapshot; its `author` is whoever acted. */
function presentUpdate(place: Place, pullRequest: PullRequest, act: UpdateActivity): Json {
  return {
    state: toStateWord(place.workspace, act),
    draft: act.isDraft,
    title: act.title,
    description: pullRequest.description,
    reason: act.state === 'DECLINED' ? pullRequest.reason : '',
    author: presentPerson(place.addresses, place.workspace, act.actorUuid),
    date: toMicroseconds(act.at),
    source: presentSource(place, pullRequest, act.sourceHash ?? pullRequest.source.hash),
    destination: presentDestination(place, pullRequest, act.destinationHash ?? pullRequest.destination.hash),
    reviewers: [],
    changes: {},
  };
}

export function presentVerdict(
  place: Place,
  pullRequest: PullRequest,
  act: { readonly at: number; readonly actorUuid: string },
): Json {
  return {
    date: toMicroseconds(act.at),
    user: presentPerson(place.addresses, place.workspace, act.actorUuid),
    pullrequest: presentPullRequestRef(place, pullRequest),
  };
}

/** A deleted comment keeps its place and loses its words. */
export function presentComment(place: Place, pullRequest: PullRequest, act: CommentActivity): Json {
  const fullName = fullNameOf(place.workspace, place.repository);
  const path = `repositories/${fullName}/pullrequests/${pullRequest.id}/comments/${act.id}`;
  const inline = act.inline === null ? {} : { inline: { ...act.inline, context_lines: '', outdated: false } };
  return {
    type: 'pullrequest_comment',
    id: act.id,
    links: {
      self: apiLink(place.addresses, path),
      html: siteLink(place.addresses, `${fullName}/pull-requests/${pullRequest.id}/_/diff#comment-${act.id}`),
    },
    deleted: act.isDeleted,
    pullrequest: presentPullRequestRef(place, pullRequest),
    content: presentText(act.isDeleted ? '' : act.text),
    created_on: toMicroseconds(act.at),
    updated_on: toMicroseconds(act.updatedAt),
    user: presentPerson(place.addresses, place.workspace, act.actorUuid),
    ...inline,
  };
}
