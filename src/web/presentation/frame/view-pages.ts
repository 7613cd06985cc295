import type { PageName } from '../../routing/paths';

/** Pages with a row of filters: a view can be of any of them, and what is chosen on one is remembered. */
export const viewPages = [
  'workspace',
  'repository',
  'reviews',
  'workInProgress',
  'pullRequests',
  'deployments',
  'incidents',
  'dataQuality',
] as const satisfies readonly PageName[];
export type ViewPage = (typeof viewPages)[number];

export function parseViewPage(text: string): ViewPage | null {
  return viewPages.find((name) => name === text) ?? null;
}

/** Of the workspace '', of a page of one repository its uuid with braces. */
export function toPlace(repository: string | null): string {
  return repository === null ? '' : `{${repository.replaceAll(/[{}]/gu, '').toLowerCase()}}`;
}
