import type { QueryProblem } from '../../../reporting/filter/delivery-filter';
import { findPaged, readPageOfList } from '../format/paging';
import { formatCount, formatCounted } from '../format/numbers';
import type { PageParameters } from './page-filter';
import { readOne } from './page-parameters';

/** Which tables of a page of numbers its reader wants to see, and how much of them. */
export interface TableChoice {
  /** Of the table of repositories, from 1. */
  readonly repositoriesPage: number;
  /** The tables of the charts stand in the page, however long they are. */
  readonly hasTables: boolean;
}

const pageName = 'repositories_page';
const repositoriesPerPage = 25;

/** `repositories_page` and `tables`; a problem for what is neither. */
export function readTableChoice(parameters: PageParameters): TableChoice | QueryProblem {
  const page = readPageOfList(readOne(parameters, pageName), pageName);
  const tables = readOne(parameters, 'tables');
  if (typeof page !== 'number') {
    return page;
  }
  return tables === null || tables === '1'
    ? { repositoriesPage: page, hasTables: tables === '1' }
    : { name: 'tables', value: tables, message: 'The tables of the charts are asked for by 1.' };
}

/** What of it an address keeps. */
export function toTableQuery({ repositoriesPage, hasTables }: TableChoice) {
  return {
    [pageName]: repositoriesPage === 1 ? null : String(repositoriesPage),
    tables: hasTables ? '1' : null,
  };
}

/** Another order begins at the first page; another filter does so in every list. */
export const firstRepositories = { [pageName]: null };
export const firstPages = { ...firstRepositories, teams_page: null, page: null };

/** The part of a sorted table of repositories that is shown, how much that is, and the ways to the others. */
export function buildRepositoriesPage<Row>(
  rows: readonly Row[],
  own: Readonly<Record<string, string | null>>,
  toHref: (query: Readonly<Record<string, string | null>>) => string,
) {
  const { start, end, ...around } = findRepositoriesPage(rows.length, own, toHref);
  return { rows: rows.slice(start, end), ...around };
}

/** The same where the rows are not made yet: of so many those from `start` to before `end`. */
export function findRepositoriesPage(
  all: number,
  own: Readonly<Record<string, string | null>>,
  toHref: (query: Readonly<Record<string, string | null>>) => string,
) {
  const place = { number: Number(own[pageName] ?? '1'), size: repositoriesPerPage, what: 'repositories' };
  const { start, end, ...pages } = findPaged(all, place, (page) => toHref({ [pageName]: page === '1' ? null : page }));
  const count =
    pages.text === null ? null : `${formatCount(end - start)} of ${formatCounted(all, 'repository', 'repositories')}`;
  return { start, end, count, pages };
}
