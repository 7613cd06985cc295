import type { UndatedMergeItem } from '../../../reporting/answers/pull-requests';
import type { Links } from '../../routing/paths';
import type { PageContext } from './page-context';
import { buildRowContext } from './row-context';
import { toAddress, type LinkView } from '../format/links';
import { formatCount } from '../format/numbers';
import { toQuery } from '../filter/page-filter';

/** Merges that nobody can date: how many, and which. */
export interface UndatedView {
  readonly text: string;
  readonly merges: readonly {
    /** To its time line. */
    readonly name: LinkView;
    readonly title: string;
    readonly bitbucket: LinkView;
  }[];
  /** To all of them, where there are more. */
  readonly more: LinkView | null;
}

/** So many are named beside the numbers; a list has them all. */
export const mostNamed = 10;

/** `null` where every merge has a date. `count`: all of them, `items` the first of them. */
export function buildUndated(
  { count, items }: { readonly count: number; readonly items: readonly UndatedMergeItem[] },
  pageContext: PageContext,
  links: Links,
): UndatedView | null {
  const context = buildRowContext(pageContext, links);
  const query = {
    repository: pageContext.repository?.uuid ?? null,
    state: 'undated',
    ...toQuery(pageContext.page, { sort: null }),
  };
  return count === 0
    ? null
    : {
        text: formatSentence(count),
        merges: items.map(({ system, id, title, url }) => ({
          name: { href: context.toTimeLineHref(system.uuid, id), text: `${system.name} #${id}` },
          title,
          bitbucket: { href: url, text: `Open #${id}`, isOutside: true },
        })),
        more:
          count > items.length
            ? { href: toAddress(links.page('pullRequests'), query), text: `Show all ${formatCount(count)}` }
            : null,
      };
}

function formatSentence(count: number): string {
  return count === 1
    ? '1 merged pull request has no date: Bitbucket does not tell when it was merged, so it counts nowhere.'
    : `${formatCount(count)} merged pull requests have no date: Bitbucket does not tell when they were merged, so they count nowhere.`;
}
