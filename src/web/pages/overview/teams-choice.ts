import type { QueryProblem } from '../../../reporting/filter/delivery-filter';
import { isOrder } from '../../presentation/format/sorting';
import { findPaged, readPageOfList } from '../../presentation/format/paging';
import { readOne } from '../../presentation/filter/page-parameters';
import type { PageParameters } from '../../presentation/filter/page-filter';
import { groupKeys } from './group-columns';
import { overviewWords } from './words';

const pageName = 'teams_page';
const orderName = 'teams_sort';
const teamsPerPage = 15;

type Own = Readonly<Record<string, string | null>>;

/** Another order of the teams begins at the first page. */
export const firstTeams = { [pageName]: null };

/** The order and the page of the table of teams, as an address keeps them; a problem for what is neither. */
export function readTeamsChoice(parameters: PageParameters): Own | QueryProblem {
  const page = readPageOfList(readOne(parameters, pageName), pageName);
  const order = readOne(parameters, orderName);
  if (typeof page !== 'number') return page;
  if (order !== null && !isOrder(order, groupKeys)) {
    const message = `Teams are sorted by one of ${groupKeys.join(', ')}.`;
    return { name: orderName, value: order, message };
  }
  return { [orderName]: order, [pageName]: page === 1 ? null : String(page) };
}

export function readTeamsOrder(own: Own): string | null {
  return own[orderName] ?? null;
}

/** The part of a sorted table of teams that is shown, how much that is, and the ways to the others. */
export function buildTeamsPage<Row>(rows: readonly Row[], own: Own, toHref: (query: Own) => string) {
  const { teamsPage, teamCount, shown } = overviewWords.tables;
  const place = { number: Number(own[pageName] ?? '1'), size: teamsPerPage, what: teamsPage };
  const toPage = (page: string) => toHref({ [pageName]: page === '1' ? null : page });
  const { start, end, ...pages } = findPaged(rows.length, place, toPage);
  const count = pages.text === null ? null : shown(end - start, teamCount(rows.length));
  return { rows: rows.slice(start, end), count, pages };
}
