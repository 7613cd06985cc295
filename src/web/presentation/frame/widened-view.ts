import { countBuckets } from '../../../domain/calendar/bucket';
import { mostBucketsOfPage } from '../filter/shown-interval';
import { formatCount } from '../format/numbers';
import { buildOwnHref, type PageContext } from './page-context';
import type { MessageView } from './state-view';

/** That the parts of a range are longer than was asked for, and where those that were asked for are; else nothing. */
export function buildWidened(pageContext: PageContext): MessageView[] {
  const { page, filter } = pageContext;
  const asked = page.filter.interval;
  if (asked === filter.interval) return [];
  const parts = formatCount(countBuckets(page.filter, asked));
  return [
    {
      tone: 'information',
      title: `Shown by ${filter.interval}`,
      text: `By ${asked} this range has ${parts} parts; a page shows at most ${mostBucketsOfPage}. The file has every ${asked}.`,
      step: null,
      file: { href: buildOwnHref(pageContext, { format: 'csv' }), what: `every ${asked}` },
    },
  ];
}
