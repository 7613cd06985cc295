import { presentPerson, type Json } from './account';
import { presentText, type Place } from './commit';
import { apiLink, siteLink } from './links';
import { presentDestination, presentPullRequestRef, presentSource, toStateWord } from './pull-request';
import { fullNameOf } from './repository';
import { toMicroseconds } from './times';
import type { Act, CommentActivity, PullRequest, UpdateActivity } from '../world/model';

/** One entry of the activity: exactly one of `update`, `comment`, `approval`, `changes_requested`. */
export function presentActivity(place: Place, pullRequest: PullRequest, activity: Act): Json {
  const about = { pull_request: presentPullRequestRef(place, pullRequest) };
  switch (activity.kind) {
    case 'update':
      return { ...about, update: presentUpdate(place, pullRequest, activity) };
    case 'comment':
      return { ...about, comment: presentComment(place, pullRequest, activity) };
    case 'approval':
      return { ...about, approval: presentVerdict(place, pullRequest, activity) };
    case 'changes_request':
      return { ...about, changes_requested: presentVerdict(place, pullRequest, activity) };
  }
}

/** A full snapshot; its `author` is whoever acted. */
function presentUpdate(place: Place, pullRequest: PullRequest, activity: UpdateActivity): Json {
  return {
    state: toStateWord(place.workspace, activity),
    draft: activity.isDraft,
    title: activity.title,
    description: pullRequest.description,
    reason: activity.state === 'DECLINED' ? pullRequest.reason : '',
    author: presentPerson(place.addresses, place.workspace, activity.actorUuid),
    date: toMicroseconds(activity.at),
    source: presentSource(place, pullRequest, activity.sourceHash ?? pullRequest.source.hash),
    destination: presentDestination(place, pullRequest, activity.destinationHash ?? pullRequest.destination.hash),
    reviewers: [],
    changes: {},
  };
}

export function presentVerdict(
  place: Place,
  pullRequest: PullRequest,
  activity: { readonly at: number; readonly actorUuid: string },
): Json {
  return {
    date: toMicroseconds(activity.at),
    user: presentPerson(place.addresses, place.workspace, activity.actorUuid),
    pullrequest: presentPullRequestRef(place, pullRequest),
  };
}

/** A deleted comment keeps its place and loses its words. */
export function presentComment(place: Place, pullRequest: PullRequest, activity: CommentActivity): Json {
  const fullName = fullNameOf(place.workspace, place.repository);
  const path = `repositories/${fullName}/pullrequests/${pullRequest.id}/comments/${activity.id}`;
  const inline = activity.inline === null ? {} : { inline: { ...activity.inline, context_lines: '', outdated: false } };
  return {
    type: 'pullrequest_comment',
    id: activity.id,
    links: {
      self: apiLink(place.addresses, path),
      html: siteLink(place.addresses, `${fullName}/pull-requests/${pullRequest.id}/_/diff#comment-${activity.id}`),
    },
    deleted: activity.isDeleted,
    pullrequest: presentPullRequestRef(place, pullRequest),
    content: presentText(activity.isDeleted ? '' : activity.text),
    created_on: toMicroseconds(activity.at),
    updated_on: toMicroseconds(activity.updatedAt),
    user: presentPerson(place.addresses, place.workspace, activity.actorUuid),
    ...inline,
    ...presentResolution(place, activity),
  };
}

function presentResolution(place: Place, { resolution }: CommentActivity): Json {
  if (resolution === undefined || resolution === null) return {};
  const user = presentPerson(place.addresses, place.workspace, resolution.actorUuid);
  return { resolution: { type: 'comment_resolution', user, created_on: toMicroseconds(resolution.at) } };
}
