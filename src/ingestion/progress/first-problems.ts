import type { ImportProblem } from './import-problems';

/** So many are listed at once; nobody reads more, and sixty thousand weighed megabytes at each look. */
export const mostProblems = 100;

/** The first of many problems, and how many more there are. */
export function pickFirstProblems(problems: readonly ImportProblem[]): {
  readonly first: readonly ImportProblem[];
  readonly more: number;
} {
  return { first: problems.slice(0, mostProblems), more: Math.max(0, problems.length - mostProblems) };
}

/** What is said of those that are not listed. */
export function formatMoreProblems(more: number): string {
  const what = more === 1 ? 'One more problem is' : `${more.toLocaleString('en')} more problems are`;
  return `${what} not listed. They are worked on like the others, and listed once those before them are gone.`;
}

/** As a list of its own kind: the first ones, and the sentence about the others where there are any. */
export function listFirstProblems(problems: readonly ImportProblem[]): readonly ImportProblem[] {
  const { first, more } = pickFirstProblems(problems);
  return more === 0 ? first : [...first, { repository: null, message: formatMoreProblems(more) }];
}
