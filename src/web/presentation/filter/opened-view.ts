import type { KeptQuery, WorkspaceViews } from '../../../domain/views/saved-view';
import { groupValues } from '../../../domain/look-up';
import { showValue, type QueryProblem } from '../../../reporting/filter/delivery-filter';
import { readLast } from './compared-period';
import { viewNames, type PageFilter, type PageParameters } from './page-filter';
import { viewWords } from './view-words';

/** What a request asks a page to show: what it says itself, or what is kept. */
export interface OpenedView {
  readonly parameters: PageParameters;
  /** What is kept may choose what is there no more; what somebody writes into an address may not. */
  readonly kept: KeptQuery | null;
  /** Of a view that is asked for by its id. */
  readonly id: string | null;
}

/** Whether a request chooses anything of what a page shows. */
export function choosesView(parameters: PageParameters): boolean {
  return viewNames.some((name) => (parameters[name]?.length ?? 0) > 0);
}

interface Kept {
  readonly views: WorkspaceViews;
  readonly lastView: KeptQuery | null;
}

/**
 * The first there is of: what the request says, the view it asks for, what its viewer saw last, and what the workspace
 * shows by default.
 */
export function findOpenedView(
  parameters: PageParameters,
  { views, lastView }: Kept,
): OpenedView | { readonly problems: readonly QueryProblem[] } {
  if (choosesView(parameters)) return { parameters, kept: null, id: null };
  const id = readLast(parameters, 'view');
  if (id !== '') {
    const kept = views.saved.find((view) => view.id === id);
    return kept === undefined
      ? { problems: [{ name: 'view', value: id, message: viewWords.noView(showValue(id)) }] }
      : { parameters: { ...parameters, ...readKept(kept.query) }, kept, id };
  }
  const kept = lastView ?? (views.usual === null ? null : { query: views.usual, labels: {} });
  return { parameters: { ...parameters, ...readKept(kept?.query ?? '') }, kept, id: null };
}

/** What a kept query chooses; a page of a repository is said by its place. */
export function readKept(query: string): PageParameters {
  const known: ReadonlySet<string> = new Set(viewNames);
  return groupValues([...new URLSearchParams(query)].filter(([name]) => known.has(name)));
}

type Read = (parameters: PageParameters) => PageFilter | { problems: readonly QueryProblem[] };

/** What is left of a kept view, and what is gone: repositories and teams that are there no more. */
export function readWhatIsLeft(
  { parameters, kept }: OpenedView,
  read: Read,
): { readonly page: ReturnType<Read>; readonly gone: readonly string[] } {
  const page = read(parameters);
  if (kept === null || !('problems' in page)) return { page, gone: [] };
  const gone = page.problems.filter(({ name }) => name === 'system' || name === 'team');
  const isGone = (name: string, value: string) => gone.some((one) => one.name === name && one.value === value);
  const left = Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => [name, values.filter((value) => !isGone(name, value))]),
  );
  const labels = new Map(Object.entries(kept.labels));
  const shown = read(left);
  // What is kept was checked: if nothing of it can be shown any more, the page is the usual one.
  if ('problems' in shown) return { page: read(withoutView(parameters)), gone: [] };
  return { page: shown, gone: gone.map(({ value }) => labels.get(value) ?? showValue(value)) };
}

function withoutView(parameters: PageParameters): PageParameters {
  const known: ReadonlySet<string> = new Set(viewNames);
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !known.has(name)));
}
