import type { UndatedMergeItem } from '../../../reporting/answers/pull-requests';
import type { Links } from '../../routing/paths';
import type { OpenedPage, PageContext } from './page-context';
import { buildRowContext } from './row-context';
import { buildBitbucketLink, buildTimeLineLink } from '../rows/row-cell';
import { formatCount } from '../format/numbers';
import { toQuery } from '../filter/page-filter';

/** So many are named beside the numbers; a list has them all. */
const mostNamed = 10;

/** The merges without a date that a page names. */
export function listUndated({ snapshot, filter }: OpenedPage): readonly UndatedMergeItem[] {
  return snapshot.listUndatedMerges(filter, { limit: mostNamed, cursor: null }).items;
}

/**
 * Merges that nobody can date: how many, and which; `null` where every merge has a date. `count`: all of them, `items`
 * the first of them.
 */
export function buildUndated(
  { count, items }: { readonly count: number; readonly items: readonly UndatedMergeItem[] },
  pageContext: PageContext,
  links: Links,
) {
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
        merges: items.map((item) => ({
          name: buildTimeLineLink(item, context),
          title: item.title,
          bitbucket: buildBitbucketLink(item),
        })),
        more:
          count > items.length
            ? { href: links.page('pullRequests', query), text: `Show all ${formatCount(count)}` }
            : null,
      };
}

function formatSentence(count: number): string {
  return count === 1
    ? '1 merged pull request has no date: Bitbucket does not tell when it was merged, so it counts nowhere.'
    : `${formatCount(count)} merged pull requests have no date: Bitbucket does not tell when they were merged, so they count nowhere.`;
}
