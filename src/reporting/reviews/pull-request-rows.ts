import { selectPullRequests } from '../../domain/metrics/reviews/review-columns';
import { formatDeployId } from '../../domain/deployments/deploy-id';
import type { Person } from '../../domain/people/person';
import type { ReviewedPullRequest } from '../../domain/reviews/review-digest';
import { toTimestamp } from '../delivery/accelerate-report';
import { readSingle, showValue, type Query, type QueryProblem } from '../filter/delivery-filter';
import { toSelection, type RowsQuestion } from '../delivery/delivery-rows';
import { listRows, type RowPage, type Rows } from '../filter/row-page';
import type { SystemDirectory } from '../filter/system-directory';
import type { MergedPullRequestItem, OpenPullRequestItem } from './pull-request-items';

/** Which pull requests a list is about. */
export const listedStates = ['merged', 'open'] as const;
export type ListedState = (typeof listedStates)[number];

/** The parameter `state`; without it the merged ones are meant. */
export function parseListedState(
  query: Query,
): { readonly state: ListedState } | { readonly problems: readonly QueryProblem[] } {
  const problems: QueryProblem[] = [];
  const value = readSingle(query, 'state', problems);
  const state = value === null ? 'merged' : listedStates.find((one) => one === value);
  if (state === undefined) {
    const message = `"${showValue(value ?? '')}" is none of ${listedStates.join(', ')}.`;
    problems.push({ name: 'state', value: value ?? '', message });
  }
  return state === undefined || problems.length > 0 ? { problems } : { state };
}

/** What rows name besides the facts. */
export interface RowNames {
  readonly systems: SystemDirectory;
  readonly people: ReadonlyMap<string, Person>;
}

/** The pull requests that Changes & Reviews counts under the same filter, newest merge first. */
export function listMergedPullRequests(
  question: Omit<RowsQuestion, 'systems'> & RowNames,
): Rows<MergedPullRequestItem> {
  const { merged, reviews } = question.facts;
  return listRows(question.page, {
    rows: selectPullRequests(reviews, toSelection(question)),
    toKey: (row) => {
      const pullRequest = merged[row];
      return pullRequest === undefined ? null : { at: pullRequest.mergedAt, id: formatDeployId(pullRequest) };
    },
    toItem: (row) => {
      const pullRequest = merged[row];
      return pullRequest === undefined ? null : toMergedItem(pullRequest, question);
    },
  });
}

export function toMergedItem(pullRequest: ReviewedPullRequest, names: RowNames): MergedPullRequestItem {
  const { review } = pullRequest;
  return {
    ...toPlace(pullRequest, names),
    state: 'MERGED',
    draft: pullRequest.isDraft,
    opened_at: toTimestamp(pullRequest.openedAt),
    merged_at: toTimestamp(pullRequest.mergedAt),
    time_to_open: review.timeToOpen,
    time_to_merge: review.timeToMerge,
    time_to_first_review: review.timeToFirstReview,
    time_to_first_approval: review.timeToFirstApproval,
    first_to_last_approval: review.firstToLastApproval,
    last_approval_to_merge: review.lastApprovalToMerge,
    lines_changed: review.linesChanged,
    commits: review.commits,
    comments: review.comments ?? 0,
    reviews: review.reviews ?? 0,
  };
}

/** Of the open pull requests, oldest first, a page that begins with the newest, then with the greater id. */
export function pageOpenItems(oldestFirst: readonly OpenPullRequestItem[], page: RowPage): Rows<OpenPullRequestItem> {
  return listRows(page, {
    rows: Uint32Array.from(oldestFirst.keys()),
    toKey: (row) => {
      const item = oldestFirst[row];
      return item === undefined
        ? null
        : { at: Date.parse(item.opened_at), id: formatDeployId({ repositoryUuid: item.system.uuid, number: item.id }) };
    },
    toItem: (row) => oldestFirst[row] ?? null,
  });
}

/** What both kinds of rows say alike. */
export function toPlace(
  pullRequest: Pick<ReviewedPullRequest, 'repositoryUuid' | 'number' | 'title' | 'authorUuid' | 'destinationBranch'>,
  { systems, people }: RowNames,
) {
  const { repositoryUuid, number, title, authorUuid, destinationBranch } = pullRequest;
  return {
    id: number,
    system: systems.toName(repositoryUuid),
    title,
    url: systems.toPullRequestUrl(repositoryUuid, number),
    author:
      authorUuid === null ? null : { uuid: authorUuid, display_name: people.get(authorUuid)?.displayName ?? null },
    destination: destinationBranch,
  };
}
