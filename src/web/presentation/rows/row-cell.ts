import type { TimeView } from '../format/dates';
import type { LinkView } from '../format/links';
import type { SortHeadView } from '../format/sorting';

/** A table whose cells hold links, times and lozenges. */
export interface RowTableView {
  readonly caption: string;
  readonly heads: readonly SortHeadView[];
  readonly rows: readonly (readonly RowCell[])[];
}

/** One cell; whatever is `null` is not shown. */
export interface RowCell {
  readonly head: string;
  readonly isNumeric: boolean;
  readonly link: LinkView | null;
  readonly text: string | null;
  readonly time: TimeView | null;
  readonly note: string | null;
  readonly marks: readonly MarkView[];
}

/** A lozenge. */
export interface MarkView {
  readonly word: string;
  readonly tone: 'success' | 'information' | 'warning' | 'danger' | 'neutral';
}

/** A cell of a column, with only what it has. */
export function buildCell(head: string, parts: Partial<Omit<RowCell, 'head'>>): RowCell {
  return { head, isNumeric: false, link: null, text: null, time: null, note: null, marks: [], ...parts };
}

/** "#12" of a `deploy_id` such as `{uuid}/pullrequests/12`. */
export function formatPullRequestName(deployId: string): string {
  return `#${deployId.split('/').at(-1) ?? ''}`;
}

/** What the words of a row need beside it. */
export interface RowContext {
  readonly now: number;
  readonly timezone: string;
  readonly teamNames: ReadonlyMap<string, string>;
  /** The page with the time line of a pull request. */
  readonly toTimeLineHref: (repositoryUuid: string, number: string | number) => string;
}

/** The two ways on from a row: to the time line, and to Bitbucket. */
export function buildTimeLineLink(
  { system, id }: { system: { uuid: string; name: string }; id: string },
  context: RowContext,
): LinkView {
  const name = formatPullRequestName(id);
  return { href: context.toTimeLineHref(system.uuid, name.slice(1)), text: `${system.name} ${name}` };
}

export function buildBitbucketCell(url: string, id: string | number): RowCell {
  return buildCell('In Bitbucket', { link: { href: url, text: `Open #${id}`, isOutside: true } });
}
