import type { Links } from '../../routing/paths';
import { toQuery } from '../filter/page-filter';
import type { RowContext } from '../../pages/rows/rows-view';
import { toAddress } from '../format/links';
import type { PageGround } from './page-context';

/** What rows on this ground need for their words and ways on; a time line keeps the filters for the way back. */
export function toRowContext({ page, teams, now, timezone }: PageGround, links: Links): RowContext {
  const path = links.page('pullRequest');
  const query = { ...toQuery(page, { sort: null }), system: null, team: null };
  return {
    now,
    timezone,
    teamNames: new Map(teams.map(({ slug, name }) => [slug, name])),
    toTimeLineHref: (repository, number) => toAddress(path, { repository, number: String(number), ...query }),
  };
}
