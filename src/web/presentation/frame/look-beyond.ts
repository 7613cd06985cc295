import { earliestDate, latestDate } from '../../../domain/calendar/date-range';
import type { DeliveryFilter } from '../../../reporting/filter/delivery-filter';
import type { ThingKind } from '../rows/row-kinds';
import { addDays, formatLocalDate } from '../format/dates';
import type { OpenedPage, PageContext } from './page-context';

/** What a page found. */
export interface PageState {
  /** Things under the filters. */
  readonly found: number;
  /** `null` where something was found. */
  readonly beyond: Beyond | null;
}

/** What there is of a page's things where the page itself shows none. */
export interface Beyond {
  /** In the range without the filters of repositories and teams; 0 where nothing is filtered. */
  readonly unfiltered: number;
  /** In the range under the filters without the corrections made by hand; 0 where none is in force. */
  readonly uncorrected: number;
  readonly nearest: Nearest;
  /** The filters leave out whatever is known, at any time: `nearest` is told without them. */
  readonly isAllFiltered: boolean;
}

/** Local dates of the nearest things before a range begins and after it ends; `null`: there is none. */
export interface Nearest {
  readonly before: string | null;
  readonly after: string | null;
}

/** What a page found; and only where that is nothing, what there is beyond it. */
export async function findState(
  page: OpenedPage,
  { kind, found }: { readonly kind: ThingKind; readonly found: number },
): Promise<PageState> {
  return { found, beyond: found > 0 ? null : await lookBeyond(page, kind) };
}

/** Whether the filters or corrections leave something out, and when there was something. */
async function lookBeyond(page: OpenedPage, kind: ThingKind): Promise<Beyond> {
  const { snapshot, filter } = page;
  const unfiltered = withoutFilters(page);
  const nearest = await findNearest(page, kind, filter);
  const found = {
    unfiltered: unfiltered === null ? 0 : await kind.count(snapshot, unfiltered),
    uncorrected: isCorrected(page) ? await kind.count(snapshot, { ...filter, isRaw: true }) : 0,
    nearest,
    isAllFiltered: false,
  };
  if (unfiltered === null || !isNone(nearest)) {
    return found;
  }
  const ofAll = await findNearest(page, kind, unfiltered);
  return { ...found, nearest: ofAll, isAllFiltered: !isNone(ofAll) };
}

function isNone({ before, after }: Nearest): boolean {
  return before === null && after === null;
}

/** `null` where the reader has filtered nothing; the repository of a page is its place, and stays. */
function withoutFilters({ page, filter, repository }: PageContext): DeliveryFilter | null {
  const { systems, teams } = page.filter;
  return systems.length + teams.length === 0
    ? null
    : { ...filter, systems: repository === null ? [] : [repository.uuid], teams: [] };
}

function isCorrected({ filter, hasCorrections }: PageContext): boolean {
  return hasCorrections && !filter.isRaw;
}

/** All of time is looked through on both sides of the range; of a page about now, all of it. */
async function findNearest(
  { snapshot, timezone }: OpenedPage,
  kind: ThingKind,
  filter: DeliveryFilter,
): Promise<Nearest> {
  const find = async (dates: Pick<DeliveryFilter, 'from' | 'to'>, isOldestFirst: boolean) => {
    const page = { limit: 1, cursor: null, isOldestFirst };
    const time = await kind.findTime(snapshot, { filter: { ...filter, ...dates }, page });
    return time === null ? null : formatLocalDate(Date.parse(time), timezone);
  };
  if (kind.words.range === null) {
    return { before: await find({ from: earliestDate, to: latestDate }, false), after: null };
  }
  return {
    before: await find({ from: earliestDate, to: addDays(filter.from, -1) }, false),
    after: await find({ from: addDays(filter.to, 1), to: latestDate }, true),
  };
}
