import type { ReadingProblem } from '../../store/repositories/reading-problem-store';
import { describeReadingProblems } from './reading-problems';

const problem = (number: number, overrides: Partial<ReadingProblem> = {}): ReadingProblem => ({
  ...{ repositoryUuid: '{a}', number, what: 'pull_request', problem: 'No answer.', since: 1, ...overrides },
});
const describeAll = (...problems: ReadingProblem[]) => describeReadingProblems(problems).map((one) => one.problem);

describe('What could not be read', () => {
  it('is named by its number', () => {
    expect(describeAll(problem(4))).toEqual(['Pull request 4: No answer.']);
    expect(describeAll(problem(7, { what: 'size' }))).toEqual(['The size of pull request 7: No answer.']);
    expect(describeAll(problem(0, { what: 'list', problem: 'One entry.' }))).toEqual(['One entry.']);
  });

  it('is told once a reason and repository', () => {
    const many = Array.from({ length: 12 }, (_, index) => problem(index + 1));
    expect(describeAll(...many)).toEqual(['Pull requests 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more: No answer.']);
    expect(describeAll(problem(1), problem(1, { repositoryUuid: '{b}' }))).toHaveLength(2);
    expect(describeAll(problem(1), problem(2, { problem: 'Refused.' }))).toHaveLength(2);
  });
});
