import { compareText } from '../../domain/compare-text';
import { formatDeployId, type DeployIdParts } from '../../domain/deployments/deploy-id';
import type { Person } from '../../domain/people/person';
import type { ReviewedPullRequest } from '../../domain/reviews/review-numbers';
import type { WorkspaceFacts } from '../facts/workspace-facts';
import type { SystemDirectory } from '../version/system-directory';

/** What rows name besides the facts. */
export interface RowNames {
  readonly systems: SystemDirectory;
  readonly people: ReadonlyMap<string, Person>;
}

/** Where a pull request is, what it is called and whose it is: what rows of all kinds say alike. */
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

type Opened = DeployIdParts & Pick<ReviewedPullRequest, 'openedAt'>;

/** By the opening, then by id as text. */
export function compareOpenings(one: Opened, other: Opened): number {
  return one.openedAt - other.openedAt || compareText(formatDeployId(one), formatDeployId(other));
}

/** Ids of the pull requests that corrections leave out: none among the facts as they came. */
export function listLeftOut(
  { corrections }: Pick<WorkspaceFacts, 'corrections'>,
  { isRaw }: { readonly isRaw: boolean },
): ReadonlySet<string> {
  const acting = isRaw ? [] : corrections.filter(({ undoneAt }) => undoneAt === null);
  return new Set(acting.filter(({ kind }) => kind === 'leave_out_pull_request').map(({ subject }) => subject));
}
