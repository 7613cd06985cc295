import { parseChoice, type Query, type QueryProblem } from './delivery-filter';

/** Which pull requests a list is about. */
export const listedStates = ['merged', 'open'] as const;
type ListedState = (typeof listedStates)[number];

/** The parameter `state`; without it the merged ones are meant. */
export function parseListedState(
  query: Query,
): { readonly state: ListedState } | { readonly problems: readonly QueryProblem[] } {
  const problems: QueryProblem[] = [];
  const state = parseChoice(query, { name: 'state', choices: listedStates }, problems) ?? 'merged';
  return problems.length > 0 ? { problems } : { state };
}
