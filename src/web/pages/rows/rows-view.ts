import type { TimeView } from '../words/dates';
import type { LinkView } from '../words/links';
import type { EmptyView } from '../overview/state-view';
import type { FilterView } from '../overview/filter-view';

/** A list of the rows behind a number: a table with links to Bitbucket, page by page. */
export interface RowsView {
  readonly title: string;
  /** What the rows are, in one sentence. */
  readonly lead: string;
  readonly back: LinkView;
  /** The other list of the same view. */
  readonly other: LinkView;
  readonly filter: FilterView;
  readonly heads: readonly { readonly text: string; readonly isNumeric: boolean }[];
  readonly rows: readonly (readonly RowCell[])[];
  readonly empty: EmptyView | null;
  readonly older: LinkView | null;
  readonly newest: LinkView | null;
  readonly csvHref: string;
}

/** One cell; whatever is `null` is not shown. */
export interface RowCell {
  readonly head: string;
  readonly isNumeric: boolean;
  readonly link: LinkView | null;
  readonly text: string | null;
  readonly time: TimeView | null;
  readonly note: string | null;
}

/** A cell of a column, with only what it has. */
export function toCell(head: string, parts: Partial<Omit<RowCell, 'head'>>): RowCell {
  return { head, isNumeric: false, link: null, text: null, time: null, note: null, ...parts };
}

/** "#12" of a `deploy_id` such as `{uuid}/pullrequests/12`. */
export function toPullRequestName(deployId: string): string {
  return `#${deployId.split('/').at(-1) ?? ''}`;
}

/** What the words of a row need beside it. */
export interface RowContext {
  readonly now: number;
  readonly timezone: string;
  readonly teamNames: ReadonlyMap<string, string>;
  /** Address of a repository at Bitbucket. */
  readonly systemUrls: ReadonlyMap<string, string>;
}
