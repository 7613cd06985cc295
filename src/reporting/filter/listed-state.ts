import { readSingle, showValue, type Query, type QueryProblem } from './delivery-filter';

/** Which pull requests a list is about. */
export const listedStates = ['merged', 'open'] as const;
export type ListedState = (typeof listedStates)[number];

/** The parameter `state`; without it the merged ones are meant. */
export function parseListedState(
  query: Query,
): { readonly state: ListedState } | { readonly problems: readonly QueryProblem[] } {
  const problems: QueryProblem[] = [];
  const value = readSingle(query, 'state', problems);
  const state = value === null ? 'merged' : listedStates.find((one) => one === value);
  if (state === undefined) {
    const message = `"${showValue(value ?? '')}" is none of ${listedStates.join(', ')}.`;
    problems.push({ name: 'state', value: value ?? '', message });
  }
  return state === undefined || problems.length > 0 ? { problems } : { state };
}
