import { presentActivity } from '../present/activity';
import { presentCommit } from '../present/commit';
import { presentListedPullRequest, presentPullRequest, toStateWord } from '../present/pull-request';
import { commitsOf } from '../world/merge-pull-request';
import { findPlace, ok, type Call, type Reply, type Route } from './call';
import { Refusal } from './refusal';
import { replyCursorPage, replyPage } from './paging';
import { parseQuery, sortBy, type FieldReader, type FieldValue } from './query-language';
import type { Json } from '../present/account';
import type { Place } from '../present/commit';
import type { Act, Commit, PullRequest, Workspace } from '../world/model';

const base = '2.0/repositories/:workspace/:repository/pullrequests';

const needs = 'pullRequests';

export const pullRequestRoutes: readonly Route[] = [
  { template: base, needs, answer: listPullRequests },
  { template: `${base}/activity`, needs, answer: listRepositoryActivity },
  { template: `${base}/:number`, needs, answer: showPullRequest },
  { template: `${base}/:number/activity`, needs, answer: listActivity },
  { template: `${base}/:number/commits`, needs, answer: listPullRequestCommits },
  { template: `${base}/:number/diffstat`, needs, answer: redirectToDiffstat },
];

function showPullRequest(call: Call): Reply {
  return ok(presentPullRequest(findPlace(call), findPullRequest(call)));
}

const states = ['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED'];
/** Words of the schema that the description of the query does not know. */
const wideStates = ['DRAFT', 'QUEUED'];
/** Left out of lists unless `fields` asks for them. */
const hiddenInLists = ['values.participants', 'values.reviewers', 'values.rendered'];

function findPullRequest(call: Call): PullRequest {
  const text = call.params['number'] ?? '';
  const found = /^\d+$/u.test(text) ? findPlace(call).repository.pullRequests.get(Number(text)) : undefined;
  if (found === undefined) {
    throw new Refusal(404, `Pull request ${text} not found`);
  }
  return found;
}

function readField(workspace: Workspace, pullRequest: PullRequest, field: string): FieldValue | undefined {
  const fields: Record<string, FieldValue> = {
    id: pullRequest.id,
    title: pullRequest.title,
    state: toStateWord(workspace, pullRequest),
    draft: pullRequest.isDraft,
    queued: pullRequest.isQueued,
    created_on: pullRequest.createdAt,
    updated_on: pullRequest.updatedAt,
    'author.uuid': pullRequest.authorUuid,
    'source.branch.name': pullRequest.source.branch,
    'destination.branch.name': pullRequest.destination.branch,
  };
  return fields[field];
}

/** With `q`, `state` is ignored; without either, only open ones are listed. */
function listPullRequests(call: Call): Reply {
  const place = findPlace(call);
  const query = call.query.get('q');
  const all = [...place.repository.pullRequests.values()];
  const read: FieldReader<PullRequest> = (pullRequest, field) => readField(place.workspace, pullRequest, field);
  const filtered = all.filter(query === null ? byState(call, place.workspace) : parseQuery(query, read));
  const items = sortBy(filtered, call.query.get('sort') ?? '-updated_on', read);
  const present = call.query.has('fields') ? presentPullRequest : presentListedPullRequest;
  const page = replyPage(call, { items, maxLength: 50, present: (pullRequest) => present(place, pullRequest) });
  return ok(page, hiddenInLists);
}

function byState(call: Call, { habits }: Workspace): (pullRequest: PullRequest) => boolean {
  const asked = call.query.getAll('state');
  const known = habits.wideStates === 'taken' ? [...states, ...wideStates] : states;
  const unknown = asked.find((state) => !known.includes(state));
  if (unknown !== undefined) {
    throw new Refusal(400, `state: '${unknown}' is not a valid state`);
  }
  const wanted = asked.length === 0 ? ['OPEN'] : asked;
  return (pullRequest) => {
    const isPlain = !pullRequest.isDraft && !pullRequest.isQueued;
    const isListed = isPlain || habits.openLists === 'all' || pullRequest.state !== 'OPEN';
    return (isListed && wanted.includes(pullRequest.state)) || isAskedByWideState(wanted, pullRequest);
  };
}

function isAskedByWideState(wanted: readonly string[], { isDraft, isQueued }: PullRequest): boolean {
  return (isDraft && wanted.includes('DRAFT')) || (isQueued && wanted.includes('QUEUED'));
}

interface Entry {
  readonly pullRequest: PullRequest;
  readonly activity: Act;
}

function replyActivity(call: Call, pullRequests: () => Iterable<PullRequest>): Reply {
  const place = findPlace(call);
  const sign = place.workspace.habits.activityOrder === 'newest first' ? 1 : -1;
  const items = (): Entry[] =>
    [...pullRequests()]
      .flatMap((pullRequest) => listActivities(place, pullRequest).map((activity) => ({ pullRequest, activity })))
      .sort((one, other) => sign * (other.activity.at - one.activity.at));
  const present = ({ pullRequest, activity }: Entry): Json => presentActivity(place, pullRequest, activity);
  const maxLength = place.workspace.habits.largeActivityPages === 'given' ? 100 : 50;
  return ok(replyCursorPage(call, { items, present, defaultLength: 20, maxLength, parameter: 'ctx' }));
}

function listActivities({ workspace }: Place, { activities, withdrawn }: PullRequest): readonly Act[] {
  return workspace.habits.withdrawnVerdicts === 'kept' ? [...activities, ...withdrawn] : activities;
}

function listRepositoryActivity(call: Call): Reply {
  return replyActivity(call, () => findPlace(call).repository.pullRequests.values());
}

function listActivity(call: Call): Reply {
  const pullRequest = findPullRequest(call);
  return replyActivity(call, () => [pullRequest]);
}

/** Newest first. Nothing once the source branch is gone, 404 once the fork is. */
function listPullRequestCommits(call: Call): Reply {
  const place = findPlace(call);
  const pullRequest = findPullRequest(call);
  if (pullRequest.source.isForkGone) {
    throw new Refusal(404, 'The source repository of this pull request no longer exists.');
  }
  const isBranchGone = pullRequest.source.fork === null && !place.repository.branches.has(pullRequest.source.branch);
  const items = (): Commit[] => (isBranchGone ? [] : listOf(place, pullRequest));
  const present = (commit: Commit): Json => presentCommit(place, commit);
  return ok(replyCursorPage(call, { items, present, parameter: 'page' }));
}

/** Of some merged pull requests the list begins with the commit that merged them. */
function listOf(place: Place, pullRequest: PullRequest): Commit[] {
  const commits = commitsOf(place.repository, pullRequest).reverse();
  const merge = place.repository.commits.get(pullRequest.mergeHash ?? '');
  const isTrueMerge = merge !== undefined && merge.parents.length > 1 && !pullRequest.commits.includes(merge.hash);
  return isTrueMerge && pullRequest.id % 7 === 0 ? [merge, ...commits] : commits;
}

function redirectToDiffstat(call: Call): Reply {
  const { links } = presentPullRequest(findPlace(call), findPullRequest(call));
  const { diffstat } = links as { diffstat: { href: string } };
  return { status: 302, body: '', headers: { location: diffstat.href } };
}
