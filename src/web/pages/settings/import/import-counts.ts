import type { ImportStatus } from '../../../../ingestion/progress/import-status';

/** How far an import is, counted from the repositories that the page lists: every number is the sum of its rows. */
export interface ShownCounts {
  readonly repositories: { readonly done: number; readonly total: number };
  /** Of the repositories of which it is known how many pull requests they have. */
  readonly pullRequests: { readonly done: number; readonly total: number };
  /** Pull requests read in a minute, if the time left holds; `null`: not known. */
  readonly perMinute: number | null;
}

export function countShown({ items, eta_seconds: left }: Pick<ImportStatus, 'items' | 'eta_seconds'>): ShownCounts {
  const known = items.map(({ pull_requests: { done, total } }) => (total === null ? null : { done, total }));
  const sum = (pick: (one: { readonly done: number; readonly total: number }) => number) =>
    known.reduce((all, one) => all + (one === null ? 0 : pick(one)), 0);
  const pullRequests = { done: sum(({ done }) => done), total: sum(({ total }) => total) };
  const rest = pullRequests.total - pullRequests.done;
  const isTold = left !== null && left > 0 && rest > 0 && known.every((one) => one !== null);
  return {
    repositories: { done: items.filter(({ state }) => state === 'done').length, total: items.length },
    pullRequests,
    perMinute: isTold ? Math.max(1, Math.round((rest / left) * 60)) : null,
  };
}
