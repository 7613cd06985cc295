import type { LinkQuery, Links, PageName } from '../../routing/paths';
import type { Bucket } from '../../presentation/charts/buckets';
import { buildBucketQuery, toQuery } from '../../presentation/filter/page-filter';
import { pickNotes, buildNumbered } from '../../presentation/frame/notes-view';
import { buildOwnHref, type PageContext } from '../../presentation/frame/page-context';
import type { RowsName } from '../../presentation/metrics/metric-view';
import { overviewWords } from './words';

const lists: Readonly<Record<RowsName, { page: PageName; outcome: string | null; text: string }>> = {
  deployments: { page: 'deployments', outcome: null, text: overviewWords.deployments },
  failedDeployments: { page: 'deployments', outcome: 'failed', text: overviewWords.failedDeployments },
  fixes: { page: 'deployments', outcome: 'fix', text: overviewWords.fixes },
  incidents: { page: 'incidents', outcome: null, text: overviewWords.incidents },
  pullRequests: { page: 'pullRequests', outcome: null, text: overviewWords.pullRequests },
};

/** Where the rows behind the numbers of a page are, and what all its charts share. */
export function buildMetricContext(pageContext: PageContext, links: Links) {
  const { page, place, repository, today, notes } = pageContext;
  const own = { repository: repository?.uuid ?? null };
  const toHref = (rows: RowsName, query: LinkQuery) =>
    links.page(lists[rows].page, { ...own, ...query, outcome: lists[rows].outcome });
  const toLink = (rows: RowsName) => ({ href: toHref(rows, toQuery(page, { sort: null })), text: lists[rows].text });
  return {
    today,
    notes: buildNumbered(pickNotes(notes, page.filter)),
    tablesHref: place.own['tables'] === '1' ? null : buildOwnHref(pageContext, { tables: '1' }),
    rows: {
      deployments: toLink('deployments'),
      failedDeployments: toLink('failedDeployments'),
      fixes: toLink('fixes'),
      incidents: toLink('incidents'),
      pullRequests: toLink('pullRequests'),
    },
    reviews: {
      href: links.page('reviews', { ...own, ...toQuery(page, { sort: null }) }),
      text: overviewWords.reviews,
    },
    toBucketHref: (rows: RowsName, bucket: Bucket) =>
      bucket.start === bucket.end && rows !== 'pullRequests'
        ? links.page('day', { ...own, ...toQuery(page, { sort: null }), day: bucket.start })
        : toHref(rows, buildBucketQuery(page, bucket)),
  };
}
