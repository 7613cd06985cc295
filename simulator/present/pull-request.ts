import { presentPerson, type Json } from './account';
import { presentCommitRef, presentText, type Place } from './commit';
import { apiLink, siteLink, toLink, type Link } from './links';
import { fullNameOf, presentRepositoryRef, refOf } from './repository';
import { toMicroseconds } from './times';
import type { Act, PullRequest, UpdateActivity, Workspace } from '../world/model';

/** Inside pull requests Bitbucket shortens hashes. */
export function shorten({ workspace }: Place, hash: string): string {
  return hash.slice(0, workspace.habits.hashLength);
}

/** The whole pull request, as its own address and a notice show it. It has no merge time. */
export function presentPullRequest(place: Place, pullRequest: PullRequest): Json {
  const { title, description, reason } = pullRequest;
  const rendered = { title: presentText(title), description: presentText(description) };
  return {
    ...presentListedPullRequest(place, pullRequest),
    rendered: reason === '' ? rendered : { ...rendered, reason: presentText(reason) },
    reviewers: pullRequest.reviewerUuids.flatMap((uuid) => presentPerson(place.addresses, place.workspace, uuid) ?? []),
    participants: presentParticipants(place, pullRequest),
  };
}

/** What lists show: without participants, reviewers and rendered texts. */
export function presentListedPullRequest(place: Place, pullRequest: PullRequest): Json {
  const { addresses, workspace } = place;
  const { id, title, description, mergeHash } = pullRequest;
  return {
    comment_count: countComments(pullRequest.activities),
    task_count: 0,
    type: 'pullrequest',
    id,
    title,
    description,
    summary: presentText(description),
    state: toStateWord(workspace, pullRequest),
    draft: pullRequest.isDraft,
    queued: pullRequest.isQueued,
    merge_commit: mergeHash === null ? null : presentCommitRef(place, shorten(place, mergeHash)),
    close_source_branch: pullRequest.closeSourceBranch,
    closed_by: presentPerson(addresses, workspace, pullRequest.closedByUuid),
    author: presentPerson(addresses, workspace, pullRequest.authorUuid),
    reason: pullRequest.reason,
    created_on: toMicroseconds(pullRequest.createdAt),
    updated_on: toMicroseconds(pullRequest.updatedAt),
    source: presentSource(place, pullRequest),
    destination: presentDestination(place, pullRequest),
    links: presentLinks(place, pullRequest),
  };
}

/** The word that a workspace's Bitbucket has for a state: drafts and queued pull requests may have their own. */
export function toStateWord(
  { habits }: Workspace,
  { state, isDraft, isQueued = false }: Pick<UpdateActivity, 'state' | 'isDraft' | 'isQueued'>,
): string {
  if (state !== 'OPEN') return state;
  if (isQueued && habits.queued === 'word') return 'QUEUED';
  return isDraft && habits.drafts === 'word' ? 'DRAFT' : state;
}

function countComments(activities: readonly Act[]): number {
  return activities.filter((activity) => activity.kind === 'comment' && !activity.isDeleted).length;
}

/** A deleted fork leaves nothing but the name of the branch. */
export function presentSource(place: Place, { source }: PullRequest, hash = source.hash): Json {
  const branch = { name: source.branch };
  if (source.isForkGone) {
    return { branch, commit: null, repository: null };
  }
  const repository =
    source.fork === null
      ? refOf(place.addresses, place.workspace, place.repository)
      : presentRepositoryRef(place.addresses, source.fork);
  return { branch, commit: presentCommitRef(place, shorten(place, hash)), repository };
}

export function presentDestination(place: Place, { destination }: PullRequest, hash = destination.hash): Json {
  return {
    branch: { name: destination.branch },
    commit: presentCommitRef(place, shorten(place, hash)),
    repository: refOf(place.addresses, place.workspace, place.repository),
  };
}

/** The diffstat names the repository of the source, and both ends by twelve characters. */
function presentLinks(place: Place, pullRequest: PullRequest): Record<string, Link> {
  const { addresses, workspace, repository } = place;
  const fullName = fullNameOf(workspace, repository);
  const path = `repositories/${fullName}`;
  const self = `${path}/pullrequests/${pullRequest.id}`;
  const sourceName = pullRequest.source.fork?.fullName ?? fullName;
  const spec = `${sourceName}:${shorten(place, pullRequest.source.hash)}%0D${shorten(place, pullRequest.destination.hash)}`;
  const compare = (what: string): Link =>
    toLink(`${addresses.base}/2.0/${path}/${what}/${spec}?from_pullrequest_id=${pullRequest.id}`);
  return {
    self: apiLink(addresses, self),
    html: siteLink(addresses, `${fullName}/pull-requests/${pullRequest.id}`),
    commits: apiLink(addresses, `${self}/commits`),
    approve: apiLink(addresses, `${self}/approve`),
    'request-changes': apiLink(addresses, `${self}/request-changes`),
    diff: compare('diff'),
    diffstat: compare('diffstat'),
    comments: apiLink(addresses, `${self}/comments`),
    activity: apiLink(addresses, `${self}/activity`),
    merge: apiLink(addresses, `${self}/merge`),
    decline: apiLink(addresses, `${self}/decline`),
    statuses: apiLink(addresses, `${self}/statuses`),
  };
}

/** Everybody who was asked, spoke or judged, with the latest activity alone. What was taken back is not in force. */
function presentParticipants(place: Place, pullRequest: PullRequest): Json[] {
  const acted = [...pullRequest.activities, ...pullRequest.withdrawn].flatMap((activity) =>
    activity.kind === 'update' || activity.actorUuid === null ? [] : [activity.actorUuid],
  );
  return [...new Set([...pullRequest.reviewerUuids, ...acted])].map((uuid) => {
    const theirs = pullRequest.activities.filter(
      (activity) => activity.kind !== 'update' && activity.actorUuid === uuid,
    );
    const verdict = theirs.filter(({ kind }) => kind !== 'comment').at(-1);
    const latest = verdict ?? theirs.at(-1);
    return {
      type: 'participant',
      user: presentPerson(place.addresses, place.workspace, uuid),
      role: pullRequest.reviewerUuids.includes(uuid) ? 'REVIEWER' : 'PARTICIPANT',
      approved: verdict?.kind === 'approval',
      state: verdict === undefined ? null : verdict.kind === 'approval' ? 'approved' : 'changes_requested',
      participated_on: latest === undefined ? null : toMicroseconds(latest.at),
    };
  });
}

/** A pull request inside an activity. */
export function presentPullRequestRef(place: Place, { id, title }: PullRequest): Json {
  const fullName = fullNameOf(place.workspace, place.repository);
  return {
    type: 'pullrequest',
    id,
    title,
    links: {
      self: apiLink(place.addresses, `repositories/${fullName}/pullrequests/${id}`),
      html: siteLink(place.addresses, `${fullName}/pull-requests/${id}`),
    },
  };
}
