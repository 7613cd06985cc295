import type { Links } from '../../routing/paths';
import { toQuery } from '../filter/page-filter';
import type { RowContext } from '../rows/row-cell';
import type { PageContext } from './page-context';

/** What rows of this page need for their words and ways on; a time line keeps the filters for the way back. */
export function buildRowContext({ page, teams, now, timezone }: PageContext, links: Links): RowContext {
  const query = { ...toQuery(page, { sort: null }), system: null, team: null };
  return {
    now,
    timezone,
    teamNames: new Map(teams.map(({ slug, name }) => [slug, name])),
    toTimeLineHref: (repository, number) => links.page('pullRequest', { repository, number, ...query }),
  };
}
