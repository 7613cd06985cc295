import { aMergedPullRequest, deploymentsOf } from '../../../test/support/builders';
import { countLeftOut, leaveOut } from './leave-out';

const history = [
  aMergedPullRequest({ number: 1, authorUuid: '{ada}', repositoryUuid: '{drums}' }),
  aMergedPullRequest({ number: 2, authorUuid: '{ada}', repositoryUuid: '{bells}', destinationBranch: 'release' }),
  aMergedPullRequest({ number: 3, authorUuid: '{cleo}', repositoryUuid: '{bells}' }),
  aMergedPullRequest({ number: 4, authorUuid: null, repositoryUuid: '{drums}' }),
];

describe('rules of who is left out', () => {
  it.each([
    ['nobody and nothing', { people: [], repositories: [] }, [1, 2, 3, 4]],
    ['a person', { people: ['{ada}'], repositories: [] }, [3, 4]],
    ['a repository', { people: [], repositories: ['{bells}'] }, [1, 4]],
    ['both, but no unknown author', { people: ['{ada}'], repositories: ['{bells}'] }, [4]],
    ['somebody who is not there', { people: ['{eve}'], repositories: ['{gongs}'] }, [1, 2, 3, 4]],
  ])('leave out %s', (_, rules, kept) => {
    expect(leaveOut(history, rules).map(({ number }) => number)).toEqual(kept);
  });

  it('count what each rule removes, whatever the others do', () => {
    const { byPerson, byRepository } = countLeftOut(
      { pullRequests: history, deployments: deploymentsOf(history) },
      {
        people: ['{ada}', '{eve}'],
        repositories: ['{bells}', '{gongs}'],
      },
    );
    expect(Object.fromEntries(byPerson)).toEqual({ '{ada}': 2, '{eve}': 0 });
    expect(Object.fromEntries(byRepository)).toEqual({
      '{bells}': { pullRequests: 2, deployments: 1 },
      '{gongs}': { pullRequests: 0, deployments: 0 },
    });
  });
});
