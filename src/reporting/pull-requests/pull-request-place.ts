import type { Person } from '../../domain/people/person';
import type { ReviewedPullRequest } from '../../domain/reviews/review-numbers';
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
