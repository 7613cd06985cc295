import type { ShellView } from '../../presentation/frame/shell-view';
import type { EmptyView } from '../../presentation/frame/empty-view';
import type { MessageView } from '../../presentation/frame/state-view';
import type { LinkView } from '../../presentation/format/links';
import type { RowTableView } from '../../presentation/rows/row-cell';

/** A list of the rows behind a number: a table that leads to single pull requests, page by page. */
export interface RowsView extends ShellView {
  readonly title: string;
  /** What the rows are, in one sentence. */
  readonly lead: string;
  readonly messages: readonly MessageView[];
  /** Parts of the same list that can be chosen; empty: there is but one. */
  readonly parts: readonly (LinkView & { readonly isCurrent: boolean })[];
  readonly table: RowTableView | null;
  readonly empty: EmptyView | null;
  readonly older: LinkView | null;
  readonly newest: LinkView | null;
  readonly csvHref: string;
}
