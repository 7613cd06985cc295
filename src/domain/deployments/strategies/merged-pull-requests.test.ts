import { aMergedPullRequest, aRepositoryUuid, anInstant, day } from '../../../../test/support/builders';
import { mergedPullRequests } from './merged-pull-requests';

const teamsOf = () => ['payments'];

describe('the strategy of merged pull requests', () => {
  it('makes one deployment of each merge into the branch that was the default then', () => {
    const pullRequest = aMergedPullRequest({ number: 7, teamsAsOf: 'import', isComplete: false });
    expect(mergedPullRequests.findDeployments({ pullRequests: [pullRequest], teamsOf })).toEqual([
      {
        deployId: `${aRepositoryUuid}/pullrequests/7`,
        repositoryUuid: aRepositoryUuid,
        createdAt: anInstant + day,
        changes: pullRequest.changes,
        teams: ['payments'],
        teamsAsOf: 'import',
        source: 'pull_request',
        ref: 'main',
        isComplete: false,
        ordinal: 7,
      },
    ]);
  });

  it.each([
    ['into another branch', { destinationBranch: 'release' }],
    ['while no default branch was known', { defaultBranchAtMerge: null }],
    ['into a branch that is not told, while none was known', { destinationBranch: null, defaultBranchAtMerge: null }],
  ])('makes none of a merge %s', (_, facts) => {
    const pullRequests = [aMergedPullRequest(facts)];
    expect(mergedPullRequests.findDeployments({ pullRequests, teamsOf })).toEqual([]);
  });
});
