import type { Instant } from '../instant';

/** The filters of a page as its address says them, with the names of what they choose. */
export interface KeptQuery {
  /** As behind the `?` of an address, without what is no filter. */
  readonly query: string;
  /** What repositories (by uuid) and teams (by slug) were called then: they may be gone by now. */
  readonly labels: Readonly<Record<string, string>>;
}

/** A view that a workspace keeps under a name. */
export interface SavedView extends KeptQuery {
  readonly id: string;
  readonly name: string;
  /** Which page it shows, by its name among pages. */
  readonly page: string;
  /** A viewer; `null`: a token. */
  readonly madeBy: string | null;
  readonly madeAt: Instant;
}

/** What a workspace keeps: views by name, and the filters that a page has without any. */
export interface WorkspaceViews {
  /** By name. */
  readonly saved: readonly SavedView[];
  /** `null`: as built in. */
  readonly usual: string | null;
}

export const mostSavedViews = 100;
export const longestViewName = 60;
/** Of a query: a hundred repositories and more. */
export const longestViewQuery = 8_000;

/** The repositories that a view names: whoever may not see one of them is not told of it. */
export function listRepositories({ query }: Pick<KeptQuery, 'query'>): string[] {
  const search = new URLSearchParams(query);
  return [...search.getAll('system'), ...search.getAll('repository')];
}

/** Two views of a workspace have two names, whatever their case. */
export function toNameKey(name: string): string {
  return name.normalize('NFC').toLocaleLowerCase('en');
}
