import type { ReviewMetricKey } from '../../../domain/reviews/review-metrics';
import type { DeliveryFilter } from '../../../reporting/filter/delivery-filter';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import { findRepositoriesPage, firstRepositories } from '../../presentation/filter/table-choice';
import { formatCount } from '../../presentation/format/numbers';
import { sortByName, sortTable, type SortedColumn } from '../../presentation/format/sorting';
import type { CellParts } from '../../presentation/rows/row-cell';
import type { ReviewNumbersReport } from '../../../reporting/reviews/compute-reviews';
import { buildReviewChange } from './review-change';
import { buildReviewFormat } from './review-format';
import { words } from './words';

export type SystemReviews = ReturnType<WholeSnapshot['computeReviewsPerSystem']>[number];

/** A repository with its numbers in the range and in the period before. */
interface ComparedReviews extends SystemReviews {
  readonly before: ReviewNumbersReport | null;
}

type RankedSystem = ReturnType<WholeSnapshot['rankSystemsByReviews']>[number];

/** The reports of the repositories that a page of the table shows, and how many repositories there are. */
export interface ShownSystems {
  readonly count: number;
  readonly rows: readonly ComparedReviews[];
}

interface Column extends Omit<SortedColumn<SystemReviews>, 'toValue'> {
  /** What the table is sorted by. */
  readonly by: ReviewMetricKey | 'merged';
  /** `whole`: of all repositories together, which decide the unit of a column. */
  readonly toCell: (row: SystemReviews, whole: ReviewNumbersReport) => CellParts;
}

const nameColumn = { key: 'name', text: 'Repository', isNumeric: false };

function buildColumn(key: string, text: string, metric: ReviewMetricKey): Column {
  return {
    ...{ key, text, isNumeric: true, by: metric },
    toCell: ({ report }, whole) => {
      const { value, n } = report[metric];
      const note = n === report.merged || value === null ? null : words.ofPullRequests(n);
      return { text: buildReviewFormat(metric, whole).short(value), note };
    },
  };
}

const columns: readonly Column[] = [
  buildColumn('time-to-merge', 'Time to merge', 'time_to_merge'),
  buildColumn('first-review', 'First review', 'time_to_first_review'),
  buildColumn('first-approval', 'First approval', 'time_to_first_approval'),
  buildColumn('approval-to-merge', 'Last approval to merge', 'last_approval_to_merge'),
  buildColumn('lines', 'Lines', 'lines_changed'),
  buildColumn('reviews', 'Reviews', 'reviews'),
  {
    ...{ key: 'merged', text: 'Merged', isNumeric: true, by: 'merged' },
    toCell: ({ report }) => ({ text: formatCount(report.merged) }),
  },
];

const rankColumns = [
  { ...nameColumn, toValue: ({ system }: RankedSystem) => system.name },
  ...columns.map(({ key, text, isNumeric }) => ({ key, text, isNumeric, toValue: ({ value }: RankedSystem) => value })),
];
export const reviewSystemKeys: readonly string[] = rankColumns.map(({ key }) => key);

interface SystemsWays {
  /** Parameters of the page. */
  readonly own: Readonly<Record<string, string | null>>;
  /** The page again with others. */
  readonly toOwn: (query: Readonly<Record<string, string | null>>) => string;
  readonly toRepository: (uuid: string) => string;
}

/** Behind the time to merge, that it is the change of. */
const changeAt = 2;

/** The slowest first: that is what somebody comes to find. */
const usualOrder = '-time-to-merge';

/**
 * The repositories of the page that is asked for, in the order that `sort=` asks for. All are computed only as far as
 * they are sorted by it.
 */
export function pickSystems(
  snapshot: Pick<WholeSnapshot, 'rankSystemsByReviews' | 'computeReviewsPerSystem'>,
  filter: DeliveryFilter,
  {
    sort,
    own,
    compared,
  }: { readonly sort: string | null; readonly compared: DeliveryFilter } & Pick<SystemsWays, 'own'>,
): ShownSystems {
  const order = sort ?? usualOrder;
  const { by = 'merged' } = columns.find(({ key }) => key === order.replace(/^-/u, '')) ?? {};
  const ranked = sortTable(sortByName(snapshot.rankSystemsByReviews(filter, by)), rankColumns, {
    order,
    toHref: () => '',
  }).rows;
  const { start, end } = findRepositoriesPage(ranked.length, own, () => '');
  const chosen = ranked.slice(start, end).map(({ system }) => system.uuid);
  // Without a choice a filter would mean all.
  const compute = (over: DeliveryFilter) =>
    chosen.length === 0 ? [] : snapshot.computeReviewsPerSystem({ ...over, systems: chosen });
  const before = new Map(compute(compared).map(({ system, report }) => [system.uuid, report]));
  const found = new Map(
    compute(filter).map((row) => [row.system.uuid, { ...row, before: before.get(row.system.uuid) ?? null }]),
  );
  return { count: ranked.length, rows: chosen.flatMap((uuid) => found.get(uuid) ?? []) };
}

/** The medians of each repository, page by page. */
export function buildReviewSystems(
  { count, rows }: ShownSystems,
  { sort, whole }: { readonly sort: string | null; readonly whole: ReviewNumbersReport },
  ways: SystemsWays,
) {
  const { heads } = sortTable([], rankColumns, {
    order: sort ?? usualOrder,
    toHref: (key) => ways.toOwn({ sort: key, ...firstRepositories }),
  });
  const { count: text, pages } = findRepositoriesPage(count, ways.own, ways.toOwn);
  return {
    ...{ count: text, pages },
    caption: words.repositoriesCaption,
    heads: heads.toSpliced(changeAt, 0, changeHead),
    rows: rows.map((row) =>
      [
        {
          head: nameColumn.text,
          isNumeric: false,
          link: { href: ways.toRepository(row.system.uuid), text: row.system.name },
        },
        ...columns.map(({ text: head, isNumeric, toCell }) => ({ head, isNumeric, ...toCell(row, whole) })),
      ].toSpliced(changeAt, 0, { head: changeHead.text, isNumeric: true, ...buildChangeCell(row, whole) }),
    ),
  };
}

/** Not sorted by: it is made only of the repositories that are shown. */
const changeHead = { text: words.heads.change, href: '', direction: 'none', arrow: '', isNumeric: true };

/** As in the tables of Delivery performance: what the value was is told with that of all repositories. */
function buildChangeCell(row: ComparedReviews, whole: ReviewNumbersReport): CellParts {
  return { change: buildReviewChange('time_to_merge', row, buildReviewFormat('time_to_merge', whole)) };
}
