import { toDayNumber } from '../../../domain/calendar/civil-day';
import { earliestDate, latestDate } from '../../../domain/calendar/date-range';
import { showValue, type DeliveryFilter } from '../../../reporting/filter/delivery-filter';
import type { ReleaseItem } from '../../../reporting/delivery/release-items';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import { readOne } from '../../presentation/filter/page-parameters';
import { addDays, formatLocalDate } from '../../presentation/format/dates';
import { buildBadRequest } from '../../presentation/frame/message-page';
import { buildPageAnswer, isAnswer, loadPageContext, type OpenedPage } from '../../presentation/frame/page-context';
import type { PageAnswer, PageRequest, PagesDependencies } from '../../presentation/frame/page-dependencies';
import { buildRowEditing } from '../../presentation/frame/row-editing-context';
import { createFindOutcome } from '../../presentation/releases/outcome';
import { openReleaseEditing, type ReleaseEditing } from '../../presentation/releases/release-edits';
import { tellEvents } from '../../presentation/releases/tell-events';
import { everything } from '../../presentation/rows/list-by-incident';
import type { DayMaterial } from './day-material';
import { buildDayView } from './day-view';
import { findTouching } from './find-touching';
import { toDaySpan } from './lanes-view';

/** One local day: what was deployed on it, what failed, and how that ended. Without a day it is today. */
export async function answerDay(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  const asked = readOne(request.parameters, 'day');
  if (asked !== null && !isDay(asked)) {
    const message = `"${showValue(asked)}" is no date from ${earliestDate} to ${latestDate}, written YYYY-MM-DD.`;
    return buildBadRequest([{ name: 'day', value: asked, message }], dependencies.links.page('day'));
  }
  const opened = await loadPageContext(request, dependencies, { name: 'day', own: { day: asked } });
  if (isAnswer(opened)) {
    return opened;
  }
  const day = asked ?? opened.today;
  const filter = { ...opened.filter, from: day, to: day, interval: 'day' as const };
  const own = { ...opened.place.own, day };
  const pageContext = { ...opened, filter, place: { ...opened.place, own } };
  const editing = buildRowEditing(request, { pageContext }, dependencies.links);
  const read = await readDay(pageContext, day);
  const material = { ...read, ...openReleaseEditing(editing, opened.snapshot, filter) };
  return buildPageAnswer(pageContext, 'day', buildDayView(material, dependencies.links));
}

function isDay(text: string): boolean {
  return toDayNumber(text) !== null && text >= earliestDate && text <= latestDate;
}

async function readDay(pageContext: OpenedPage, day: string): Promise<Omit<DayMaterial, keyof ReleaseEditing>> {
  const { snapshot, filter, timezone, now } = pageContext;
  const span = toDaySpan(day, timezone);
  const { isRaw } = filter;
  const [{ items }, leftOut] = await Promise.all([
    snapshot.listReleases(filter, everything),
    listLeftOut(snapshot, filter),
  ]);
  const { events, incidents } = snapshot.listFailures(filter);
  const touching = findTouching({ events, releases: items, span, now });
  const around = (span.startAt + span.endAt) / 2;
  const [told, neighbours] = await Promise.all([
    tellEvents(snapshot, { events: touching.events, around, isRaw }),
    findNeighbours(pageContext, day),
  ]);
  return {
    ...{ pageContext, span, leftOut, neighbours, told },
    beyond: items.length > 0 ? null : countBeyond(pageContext),
    // A day is read from its morning on.
    releases: items.toReversed(),
    reaching: touching.incidents,
    findOutcome: createFindOutcome(incidents),
    began: snapshot.listIncidents(filter, everything).items.length,
    report: snapshot.computeAccelerateInAll(filter),
    notes: snapshot.listNotes().filter(({ date }) => date === day),
  };
}

/** What corrections leave out of this day. */
async function listLeftOut(snapshot: WholeSnapshot, filter: DeliveryFilter): Promise<readonly ReleaseItem[]> {
  const inForce = snapshot.corrections.filter(
    ({ undoneAt, kind }) => undoneAt === null && kind.startsWith('leave_out'),
  );
  const subjects = new Set(inForce.filter(({ kind }) => kind !== 'leave_out_incident').map(({ subject }) => subject));
  if (filter.isRaw || subjects.size === 0) return [];
  const { items } = await snapshot.listReleases({ ...filter, isRaw: true }, everything);
  return items.filter(({ deployId }) => subjects.has(deployId));
}

/** Days that are looked through first: most days have deployments near. */
const nearDays = 60;

/** The local dates of the nearest days with deployments under the filters; `null`: there is none. */
async function findNeighbours(
  { snapshot, filter, timezone }: OpenedPage,
  day: string,
): Promise<DayMaterial['neighbours']> {
  const find = async (from: string, to: string, isOldestFirst: boolean): Promise<string | null> => {
    if (from > to || from > latestDate || to < earliestDate) return null;
    const { items } = await snapshot.listReleases({ ...filter, from, to }, { limit: 1, cursor: null, isOldestFirst });
    return items[0] === undefined ? null : formatLocalDate(items[0].deployedAt, timezone);
  };
  const [before, after] = [addDays(day, -1), addDays(day, 1)];
  return {
    before: (await find(addDays(day, -nearDays), before, false)) ?? (await find(earliestDate, before, false)),
    after: (await find(after, addDays(day, nearDays), true)) ?? (await find(after, latestDate, true)),
  };
}

/** What there is of a day that shows nothing: without the filters, and without the corrections. */
function countBeyond({ snapshot, filter, repository, page, hasCorrections }: OpenedPage): DayMaterial['beyond'] {
  const count = (other: Partial<DeliveryFilter>) =>
    snapshot.computeAccelerateInAll({ ...filter, ...other }).deployment_frequency.deployments;
  const isFiltered = page.filter.systems.length + page.filter.teams.length > 0;
  const systems = repository === null ? [] : [repository.uuid];
  return {
    unfiltered: isFiltered ? count({ systems, teams: [] }) : 0,
    uncorrected: hasCorrections && !filter.isRaw ? count({ isRaw: true }) : 0,
  };
}
