import type { TimeView } from '../format/dates';
import type { LinkView } from '../format/links';
import type { ChangeView } from '../metrics/change';

/** What one cell holds. */
export interface CellParts {
  readonly link?: LinkView;
  readonly text?: string;
  readonly time?: TimeView;
  /** Where the time leads: to its day. */
  readonly timeHref?: string;
  readonly note?: string | null;
  readonly marks?: readonly MarkView[];
  /** What the row is about: it says its title first, then where that is. */
  readonly titled?: TitledView;
  readonly who?: WhoView;
  readonly change?: ChangeView;
  /** The text is nothing to look at: usual, or unknown. */
  readonly isQuiet?: boolean;
  /** Why the text is what it is, on hover. */
  readonly reason?: string | undefined;
}

/** The title of a row leads to its page of ours, the sign beside its number to Bitbucket. */
export interface TitledView {
  /** `null`: there is nothing to lead to. */
  readonly link: LinkView | null;
  readonly text: string;
  readonly isLeftOut: boolean;
  readonly bitbucket: BitbucketView | null;
  /** Behind the number: repository, author, issue key. */
  readonly about: readonly string[];
}

interface BitbucketView {
  readonly href: string;
  readonly text: string;
  /** "Pull request 407 in Bitbucket". */
  readonly name: string;
}

export interface WhoView {
  readonly initials: string;
  readonly name: string;
  readonly note: string | null;
}

interface RowCell extends CellParts {
  readonly head: string;
  readonly isNumeric: boolean;
}

/** A lozenge. */
export interface MarkView {
  readonly word: string;
  readonly tone: 'success' | 'information' | 'warning' | 'danger' | 'neutral';
}

/** A column of a list: its heading, and what its cell of a row holds. */
export interface RowColumn<Item, Context = RowContext> {
  readonly text: string;
  readonly isNumeric?: boolean;
  readonly toCell: (item: Item, context: Context) => CellParts;
}

/** What the words of a row need beside it. */
export interface RowContext {
  readonly now: number;
  readonly timezone: string;
  readonly teamNames: ReadonlyMap<string, string>;
  /** The page with the time line of a pull request. */
  readonly toTimeLineHref: (repositoryUuid: string, number: string | number) => string;
}

/** The cells of one row, each with its heading, for narrow screens. */
export function buildRow<Item, Context>(
  columns: readonly RowColumn<Item, Context>[],
  item: Item,
  context: Context,
): RowCell[] {
  return columns.map(({ text: head, isNumeric = false, toCell }) => ({ head, isNumeric, ...toCell(item, context) }));
}

/** A pull request of a repository by its number. */
interface Numbered {
  readonly system: { readonly uuid: string; readonly name: string };
  readonly id: string | number;
}

/** The way from a row to the time line. */
export function buildTimeLineLink({ system, id }: Numbered, { toTimeLineHref }: Pick<RowContext, 'toTimeLineHref'>) {
  return { href: toTimeLineHref(system.uuid, id), text: `${system.name} #${id}` };
}

/** The way from a row to Bitbucket. */
export function buildBitbucketLink({ url, id }: { readonly url: string; readonly id: string | number }): LinkView {
  return { href: url, text: `Open #${id}`, isOutside: true };
}
