import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import type { SystemReport, TeamReport } from '../../../reporting/delivery/compute-accelerate';
import type { Links } from '../../routing/paths';
import { toQuery } from '../../presentation/filter/page-filter';
import { buildRepositoriesPage, firstRepositories } from '../../presentation/filter/table-choice';
import { sortTable } from '../../presentation/format/sorting';
import { findNoComparison } from '../../presentation/metrics/change-words';
import { buildOwnHref, type PageContext } from '../../presentation/frame/page-context';
import { buildGroupColumns, type GroupColumn, type GroupRow } from './group-columns';
import { buildTeamsPage, firstTeams, readTeamsOrder } from './teams-choice';
import { overviewWords } from './words';

const words = overviewWords.tables;

/** The reports of a range and of the period that it is compared with. */
export interface PerGroup<Report> {
  readonly now: readonly Report[];
  readonly before: readonly Report[];
}

/** The numbers of the whole page, now and before. */
interface Whole {
  readonly report: AccelerateReport;
  readonly before: AccelerateReport | null;
}

type ToHref = (change: Readonly<Record<string, string | null>>) => string;

/** The same numbers for each repository, in the order that `sort=` asks for (`-` first: descending), page by page. */
export function buildSystemsTable(
  { now, before }: PerGroup<SystemReport>,
  whole: Whole,
  { pageContext, links }: { readonly pageContext: PageContext; readonly links: Links },
) {
  const { page, place } = pageContext;
  const query = { ...toQuery(page, { sort: null }), system: null };
  const earlier = new Map(before.map(({ system, report }) => [system.uuid, report]));
  const rows = now.map(({ system, report, leadMedians }) => ({
    name: system.name,
    href: links.page('repository', { ...query, repository: system.uuid }),
    ...{ report, before: earlier.get(system.uuid) ?? null, leadMedians: leadMedians ?? [] },
  }));
  const toHref: ToHref = (change) => buildOwnHref(pageContext, change);
  const sorted = sortRows(rows, whole, {
    order: page.sort ?? usualOrder,
    name: words.repositories.name,
    toHref: (sort) => toHref({ sort, ...firstRepositories }),
  });
  return finish(buildRepositoriesPage(sorted.rows, place.own, toHref), sorted, {
    ...words.repositories,
    note: sorted.hasChanges ? words.shaded(pageContext.filter, pageContext.compared) : null,
  });
}

/** The same for each team; `null` where there are none. */
export function buildTeamsTable(
  { now, before }: PerGroup<TeamReport>,
  whole: Whole,
  { pageContext }: { readonly pageContext: PageContext },
) {
  if (now.length === 0) return null;
  const { place } = pageContext;
  const earlier = new Map(before.map(({ team, report }) => [team.slug, report]));
  const toHref: ToHref = (change) => buildOwnHref(pageContext, change);
  const rows = now.map(({ team, report, leadMedians }) => ({
    name: team.deleted ? words.deleted(team.name) : team.name,
    href: toHref({ ...firstTeams, ...firstRepositories, team: team.slug }),
    ...{ report, before: earlier.get(team.slug) ?? null, leadMedians: leadMedians ?? [] },
  }));
  const sorted = sortRows(rows, whole, {
    order: readTeamsOrder(place.own) ?? usualOrder,
    name: words.teams.name,
    toHref: (sort) => toHref({ ...firstTeams, teams_sort: sort }),
  });
  return finish(buildTeamsPage(sorted.rows, place.own, toHref), sorted, words.teams);
}

const usualOrder = '-deployments';
const inEnglish = new Intl.Collator('en');

interface Order {
  readonly order: string;
  /** Over the names. */
  readonly name: string;
  readonly toHref: (order: string) => string;
}

function sortRows(rows: readonly GroupRow[], { report, before }: Whole, { order, name, toHref }: Order) {
  const hasChanges = before !== null && findNoComparison(before) === null;
  const columns = buildGroupColumns({ report, before, rows, hasChanges });
  const nameColumn = { key: 'name', text: name, isNumeric: false, toValue: (row: GroupRow) => row.name };
  const byName = rows.toSorted((one, other) => inEnglish.compare(one.name, other.name));
  // An address may ask for an order whose column is not shown here.
  const known = [nameColumn, ...columns].some(({ key }) => key === order.replace(/^-/u, ''));
  const sorted = sortTable(byName, [nameColumn, ...columns], { order: known ? order : usualOrder, toHref });
  const heads = sorted.heads.map((head, index) => {
    const about = columns[index - 1]?.about ?? null;
    return { ...head, about, isChange: about !== null };
  });
  return { heads, rows: sorted.rows, columns, hasChanges };
}

interface Sorted {
  readonly heads: ReturnType<typeof sortRows>['heads'];
  readonly columns: readonly GroupColumn[];
}

interface TableWords {
  readonly title: string;
  readonly caption: string;
  /** Names its pages. */
  readonly pages: string;
  readonly note: string | null;
}

interface ShownPage {
  readonly rows: readonly GroupRow[];
  readonly count: string | null;
  readonly pages: object;
}

function finish(
  { rows, count, pages }: ShownPage,
  { heads, columns }: Sorted,
  { pages: pagesLabel, ...about }: TableWords,
) {
  return {
    ...{ ...about, pagesLabel, count, pages, heads },
    rows: rows.map((row) => ({ name: row.name, href: row.href, cells: columns.map(({ toCell }) => toCell(row)) })),
  };
}
