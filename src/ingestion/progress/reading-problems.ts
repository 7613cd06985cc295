import type { ReadingPart, ReadingProblem } from '../../store/repositories/reading-problem-store';

/** So many are named by their numbers; the rest is counted. */
const mostNumbers = 10;

const subjects: Readonly<Record<ReadingPart, (numbers: readonly number[]) => string>> = {
  pull_request: (numbers) => `${numbers.length === 1 ? 'Pull request' : 'Pull requests'} ${toList(numbers)}: `,
  size: (numbers) => `The size of ${numbers.length === 1 ? 'pull request' : 'pull requests'} ${toList(numbers)}: `,
  list: () => '',
};

/** What could not be read, in a sentence a repository and reason, with the numbers that it is about. */
export function describeReadingProblems(
  problems: readonly ReadingProblem[],
): { readonly uuid: string; readonly problem: string }[] {
  const groups = new Map<string, { first: ReadingProblem; numbers: number[] }>();
  for (const one of problems) {
    const key = JSON.stringify([one.repositoryUuid, one.what, one.problem]);
    const group = groups.get(key) ?? { first: one, numbers: [] };
    group.numbers.push(one.number);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ first, numbers }) => ({
    uuid: first.repositoryUuid,
    problem: `${subjects[first.what](numbers)}${first.problem}`,
  }));
}

function toList(numbers: readonly number[]): string {
  const shown = numbers.slice(0, mostNumbers).join(', ');
  return numbers.length > mostNumbers ? `${shown} and ${numbers.length - mostNumbers} more` : shown;
}
