import { defaultIncidentRules, type IncidentRules } from './incident-rules';
import { deploymentsOf } from '../../../test/support/builders';
import { formatDeployId, parseDeployId } from '../deployments/deploy-id';
import type { MergedPullRequest } from '../pull-requests/pull-request';
import { findIncidents } from './find-incidents';

const repository = '{11111111-1111-4111-8111-111111111111}';

function pullRequest(facts: Partial<MergedPullRequest> & { number: number; mergedAt: number }): MergedPullRequest {
  return {
    repositoryUuid: repository,
    title: `Change ${facts.number}`,
    sourceBranch: `feature/${facts.number}`,
    openedAt: facts.mergedAt - 10,
    destinationBranch: 'main',
    defaultBranchAtMerge: 'main',
    changes: [],
    isComplete: true,
    teams: [],
    teamsAsOf: 'merge',
    authorUuid: null,
    ...facts,
  };
}

function find(pullRequests: MergedPullRequest[], rules: IncidentRules) {
  return findIncidents({ pullRequests, deployments: deploymentsOf(pullRequests) }, rules);
}

/** [source, number blamed or null, created, resolved] of every incident. */
function describeIncidents(pullRequests: MergedPullRequest[], rules: IncidentRules = defaultIncidentRules) {
  return find(pullRequests, rules).map((incident) => [
    incident.source,
    parseDeployId(incident.deployId ?? '')?.number ?? null,
    incident.createdAt,
    incident.resolvedAt,
  ]);
}

const changes = [
  { changeId: 'b', createdAt: 250 },
  { changeId: 'a', createdAt: 150 },
];

describe('a revert', () => {
  const first = pullRequest({ number: 1, mergedAt: 100 });
  const second = pullRequest({ number: 2, mergedAt: 200 });

  it.each(['revert-pr-1', 'Revert-PR-1', 'revert-pr-1-again', 'revert-pr-1x', 'revert-pr-01'])(
    'from the branch %s is blamed on the deployment it names, from its merge on',
    (sourceBranch) => {
      const fix = pullRequest({ number: 3, mergedAt: 300, sourceBranch, changes });
      expect(describeIncidents([first, second, fix])).toEqual([['revert', 1, 100, 300]]);
    },
  );

  it.each(['revert-pr-', 'revert-pr-x', 'my-revert-pr-1', 'revert-1', null])(
    'is not proved by the branch %s',
    (sourceBranch) => {
      expect(describeIncidents([first, pullRequest({ number: 3, mergedAt: 300, sourceBranch })])).toEqual([]);
    },
  );

  it('of a pull request that was not merged begins with its own first commit, blamed on the last deployment then', () => {
    const fix = pullRequest({ number: 3, mergedAt: 300, sourceBranch: 'revert-pr-77', changes });
    expect(describeIncidents([first, second, fix])).toEqual([['revert', 1, 150, 300]]);
  });

  it('without commits begins with its opening', () => {
    const fix = pullRequest({ number: 3, mergedAt: 300, sourceBranch: 'revert-pr-77', openedAt: 220 });
    expect(describeIncidents([first, second, fix])).toEqual([['revert', 2, 220, 300]]);
  });

  it('of a pull request merged elsewhere begins with that merge, blamed on the last deployment then', () => {
    const elsewhere = pullRequest({ number: 2, mergedAt: 200, destinationBranch: 'release' });
    const fix = pullRequest({ number: 3, mergedAt: 300, sourceBranch: 'revert-pr-2', changes });
    expect(describeIncidents([first, elsewhere, fix])).toEqual([['revert', 1, 200, 300]]);
  });

  it('that names itself names nothing', () => {
    const fix = pullRequest({ number: 3, mergedAt: 300, sourceBranch: 'revert-pr-3', changes });
    expect(describeIncidents([first, fix])).toEqual([['revert', 1, 150, 300]]);
  });

  it('of a revert is blamed on the revert', () => {
    const fix = pullRequest({ number: 3, mergedAt: 300, sourceBranch: 'revert-pr-1' });
    const again = pullRequest({ number: 4, mergedAt: 400, sourceBranch: 'revert-pr-3' });
    expect(describeIncidents([first, fix, again])).toEqual([
      ['revert', 1, 100, 300],
      ['revert', 3, 300, 400],
    ]);
  });

  it('never reaches into another repository', () => {
    const other = pullRequest({ number: 1, mergedAt: 100, repositoryUuid: '{2}' });
    const fix = pullRequest({ number: 3, mergedAt: 300, sourceBranch: 'revert-pr-1', changes });
    expect(describeIncidents([other, fix])).toEqual([['revert', null, 150, 300]]);
  });

  it('merged into another branch than the default is no incident', () => {
    const fix = pullRequest({ number: 3, mergedAt: 300, sourceBranch: 'revert-pr-1', destinationBranch: 'release' });
    expect(describeIncidents([first, fix])).toEqual([]);
  });

  it('wins over the naming convention, and is found by it when the revert rule is off', () => {
    const fix = pullRequest({ number: 3, mergedAt: 300, sourceBranch: 'revert-pr-2', title: 'Fix: now', changes });
    const both: IncidentRules = { revert: true, branchPrefixes: ['revert'], titlePrefixes: ['fix:'] };
    expect(describeIncidents([first, second, fix], both)).toEqual([['revert', 2, 200, 300]]);
    expect(describeIncidents([first, second, fix], { ...both, revert: false })).toEqual([
      ['naming_convention', 1, 150, 300],
    ]);
  });
});

describe('the naming convention', () => {
  const first = pullRequest({ number: 1, mergedAt: 100 });

  it.each(['hotfix', 'Hotfix/login', 'hotfixture', 'HOTFIX-7'])('knows the branch %s', (sourceBranch) => {
    const fix = pullRequest({ number: 3, mergedAt: 300, sourceBranch, changes });
    expect(describeIncidents([first, fix])).toEqual([['naming_convention', 1, 150, 300]]);
  });

  it('knows a title by its beginning alone', () => {
    const rules: IncidentRules = { revert: true, branchPrefixes: [], titlePrefixes: ['[Hot fix]'] };
    const fix = pullRequest({ number: 3, mergedAt: 300, title: '[HOT FIX] login', openedAt: 120 });
    const other = pullRequest({ number: 4, mergedAt: 400, title: 'Undo [hot fix]' });
    expect(describeIncidents([first, fix, other], rules)).toEqual([['naming_convention', 1, 120, 300]]);
  });

  it('blames the highest number of several deployments at one instant, at that instant too', () => {
    const twins = [9, 10, 2].map((number) => pullRequest({ number, mergedAt: 150 }));
    const fix = pullRequest({ number: 30, mergedAt: 300, sourceBranch: 'hotfix', changes });
    expect(describeIncidents([...twins, fix])).toEqual([['naming_convention', 10, 150, 300]]);
  });

  it('never blames the fix itself', () => {
    const late = [{ changeId: 'c', createdAt: 900 }];
    const fix = pullRequest({ number: 3, mergedAt: 300, sourceBranch: 'hotfix', changes: late });
    expect(describeIncidents([first, fix])).toEqual([['naming_convention', 1, 900, 300]]);
    expect(describeIncidents([fix])).toEqual([['naming_convention', null, 900, 300]]);
  });

  it('may blame a hotfix for a hotfix, and none before the first deployment', () => {
    const one = pullRequest({ number: 1, mergedAt: 100, sourceBranch: 'hotfix/a', openedAt: 50 });
    const two = pullRequest({ number: 2, mergedAt: 200, sourceBranch: 'hotfix/b', openedAt: 150 });
    expect(describeIncidents([two, one])).toEqual([
      ['naming_convention', 1, 150, 200],
      ['naming_convention', null, 50, 100],
    ]);
  });

  it('takes the id of the fix', () => {
    const fix = pullRequest({ number: 3, mergedAt: 300, sourceBranch: 'hotfix' });
    expect(find([fix], defaultIncidentRules)[0]?.incidentId).toBe(
      formatDeployId({ repositoryUuid: repository, number: 3 }),
    );
  });
});
