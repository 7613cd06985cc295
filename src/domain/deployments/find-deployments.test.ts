import { aMergedPullRequest, anInstant, hour } from '../../../test/support/builders';
import { findDeployments } from './find-deployments';

/** number | hours until the merge | where to: main is production | commits | repository */
function readHistory(table: string) {
  const lines = table.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return lines.map(([number, hours, branch, commits = '', repository = 'drums']) =>
    aMergedPullRequest({
      number: Number(number),
      mergedAt: anInstant + Number(hours) * hour,
      isDeployment: branch === 'main',
      changes: commits.split(' ').map((changeId) => ({ changeId, createdAt: anInstant })),
      repositoryUuid: `{${repository}}`,
    }),
  );
}

function find(table: string) {
  return [...findDeployments(readHistory(table))].map(([from, to]) => [from.number, to.number]).sort();
}

describe('what brought a pull request to production', () => {
  it('is itself where it is a deployment', () => {
    expect(find('1 | 1 | main | a')).toEqual([[1, 1]]);
  });

  it('is the earliest later deployment that holds one of its commits', () => {
    const table = `1 | 1 | dev  | a b
                   2 | 2 | main | x
                   3 | 3 | main | x b
                   4 | 4 | main | a b`;
    expect(find(table)).toEqual([[1, 3], ...[2, 3, 4].map((number) => [number, number])]);
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
