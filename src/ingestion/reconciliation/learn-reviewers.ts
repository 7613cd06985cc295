import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import { walkPages } from '../../bitbucket/client/pages';
import { recordFacts } from '../record/recorder';
import type { WorkParts } from '../requests/work-parts';

interface Asked {
  readonly api: BitbucketApi;
  readonly workspace: string;
  readonly repositoryUuid: string;
}

/**
 * Lists the open pull requests of a repository where of one of them it is not known who was asked for a review: it was
 * stored before reviewers were read, and nothing has touched it since. Once a process and repository: where Bitbucket
 * does not name them, to ask again would tell nothing.
 */
export function createLearnReviewers({ stores }: Pick<WorkParts, 'stores'>) {
  const asked = new Set<string>();
  return async ({ api, workspace, repositoryUuid }: Asked): Promise<void> => {
    const key = `${workspace}/${repositoryUuid}`;
    if (asked.has(key) || !(await stores.pullRequests.lacksReviewers(workspace, repositoryUuid))) return;
    const ask = (cursor: string | null) =>
      api.listPullRequests(workspace, repositoryUuid, { states: ['OPEN'], cursor });
    for await (const page of walkPages(ask)) {
      await recordFacts(stores, { workspace, repositoryUuid }, { snapshots: page.items });
    }
    asked.add(key);
  };
}
