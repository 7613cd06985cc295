import { aMergedPullRequest, anInstant, deploymentsOf, hour } from '../../../test/support/builders';
import { parseDeployId } from './deploy-id';
import { findLaterDeployments } from './find-later-deployments';

/** number | hours until the merge | where to: main is production | commits | repository */
function readHistory(table: string) {
  const lines = table.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return lines.map(([number, hours, branch, commits = '', repository = 'drums']) =>
    aMergedPullRequest({
      number: Number(number),
      mergedAt: anInstant + Number(hours) * hour,
      destinationBranch: branch ?? null,
      changes: commits.split(' ').map((changeId) => ({ changeId, createdAt: anInstant })),
      repositoryUuid: `{${repository}}`,
    }),
  );
}

function find(table: string) {
  const history = readHistory(table);
  const found = findLaterDeployments(history, deploymentsOf(history));
  return [...found].map(([from, to]) => [from.number, parseDeployId(to.deployId)?.number]).sort();
}

describe('what brought a pull request to production', () => {
  it('is no later one where it is a deployment itself', () => {
    expect(find('1 | 1 | main | a\n2 | 2 | main | a')).toEqual([]);
  });

  it('is the earliest later deployment that holds one of its commits', () => {
    const table = `1 | 1 | dev  | a b
                   2 | 2 | main | x
                   3 | 3 | main | x b
                   4 | 4 | main | a b`;
    expect(find(table)).toEqual([[1, 3]]);
    expect(find(table.split('\n').reverse().join('\n'))).toEqual(find(table));
  });

  it.each([
    ['an earlier deployment', '1 | 2 | dev | a\n2 | 1 | main | a'],
    ['one without its commits, as after a squash', '1 | 1 | dev | a\n2 | 2 | main | s'],
    ['one of another repository', '1 | 1 | dev | a\n2 | 2 | main | a | bells'],
    ['another merge that is no deployment', '1 | 1 | dev | a\n2 | 2 | test | a'],
  ])('is not %s', (_, table) => {
    expect(find(table).filter(([from]) => from === 1)).toEqual([]);
  });

  it('may be merged at the same instant', () => {
    expect(find('1 | 1 | dev | a\n2 | 1 | main | a')).toContainEqual([1, 2]);
  });
});
