import { aMergedPullRequest, aRepositoryUuid, anInstant, day } from '../../../../test/support/builders';
import { mergedPullRequests } from './merged-pull-requests';

describe('the strategy of merged pull requests', () => {
  it('makes one deployment of each merge into the branch that was the default then', () => {
    const pullRequest = aMergedPullRequest({ number: 7, teamsAsOf: 'import', teams: ['payments'], isComplete: false });
    expect(mergedPullRequests.findDeployments({ merged: [pullRequest], teams: [] })).toEqual([
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
    expect(mergedPullRequests.findDeployments({ merged: [aMergedPullRequest(facts)], teams: [] })).toEqual([]);
  });

  it('tells by the id of its deployment what was deployed, and of any other text nothing', () => {
    const deployed = { repositoryUuid: aRepositoryUuid, name: '#7', path: 'pull-requests/7' };
    expect(mergedPullRequests.parseDeployed(`${aRepositoryUuid}/pullrequests/7`)).toEqual(deployed);
    expect(mergedPullRequests.parseDeployed(`${aRepositoryUuid}/tags/7`)).toBeNull();
  });

  it('knows the deployment of a merge by its id, and of a merge that is none nothing', () => {
    const merged = [aMergedPullRequest({ number: 7 }), aMergedPullRequest({ number: 8, destinationBranch: 'release' })];
    const deployments = mergedPullRequests.findDeployments({ merged, teams: [] });
    const deploymentOf = mergedPullRequests.createDeploymentOf(deployments, merged);
    expect(merged.map(deploymentOf)).toEqual([deployments[0], null]);
  });
});
