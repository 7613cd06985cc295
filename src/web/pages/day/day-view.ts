import { addDays, formatShortDate } from '../../presentation/format/dates';
import { pickOneUnit } from '../../presentation/format/one-unit';
import { toQuery } from '../../presentation/filter/page-filter';
import { buildOwnHref, type PageContext } from '../../presentation/frame/page-context';
import { buildLiveLine } from '../../presentation/frame/live-line';
import { buildDayPrintLine, findSettings } from '../../presentation/frame/shell-view';
import { buildTabs } from '../../presentation/frame/tabs-view';
import { findLength, formatPerson, type FindOutcome } from '../../presentation/releases/outcome';
import { buildReleaseWays } from '../../presentation/releases/release-ways';
import { storyWords } from '../../presentation/releases/release-words';
import { buildStory } from '../../presentation/releases/story-view';
import { buildActionsColumn, findLostLine } from '../../presentation/rows/row-actions';
import type { ReleaseItem } from '../../../reporting/delivery/release-items';
import type { Links } from '../../routing/paths';
import { buildFacts } from './day-facts';
import type { DayMaterial } from './day-material';
import { buildDayRow } from './day-rows';
import { buildEmptyDay } from './empty-day';
import { buildLanes } from './lanes-view';
import { dayWords, formatLongDay, formatLongMonth, type FailureFigures } from './words';

/** More rows than these are in the CSV. */
const mostRows = 500;

/** Words, links and drawings of a day; pure. */
export function buildDayView(found: DayMaterial, links: Links) {
  const material = found.pageContext.isConnected ? found : { ...found, ...nothingShown };
  const { pageContext, span, told, findOutcome, notes } = material;
  const { repository, timezone, today, place } = pageContext;
  const title = formatLongDay(span.day);
  const tabs = buildTabs(
    { ...pageContext, place: { ...place, name: 'deployments' }, settings: findSettings(pageContext) },
    links,
  );
  const ways = buildReleaseWays(pageContext, links);
  const isForemost = ({ at }: { readonly at: number }) => at >= span.startAt && at < span.endAt;
  return {
    ...{ words: dayWords, title: repository === null ? title : `${title} in ${repository.name}`, tabs },
    live: buildLiveLine(pageContext, material.report.completeness, links),
    print: buildDayPrintLine(pageContext, material.report.workspace.slug, title),
    trail: buildTrail(material, links),
    about: [timezone, ...(span.day === today ? [dayWords.notOver] : [])].join(' · '),
    filtered: buildFiltered(pageContext),
    neighbours: buildNeighbours(material),
    empty: buildEmptyDay(material),
    shipped: buildShipped(material),
    lanes: buildDayLanes(material),
    stories: told.map((one) => buildStory(one, { ...ways, findOutcome, isForemost })),
    facts: buildFacts(material),
    notes: notes.map(({ text, madeBy }) => ({
      text,
      by: madeBy === null ? dayWords.noteByNobody : dayWords.noteBy(formatPerson(madeBy)),
    })),
    ...buildRows(material, links),
  };
}

/** Of a workspace that is not connected. */
const nothingShown = { releases: [], leftOut: [], reaching: [], told: [], notes: [] };

/** The list of all deployments, and of those of the month. */
function buildTrail({ pageContext, span }: DayMaterial, links: Links) {
  const { page, repository } = pageContext;
  const query = { repository: repository?.uuid ?? null, ...toQuery(page, { sort: null }) };
  const from = `${span.day.slice(0, 8)}01`;
  const to = addDays(`${addDays(from, 31).slice(0, 8)}01`, -1);
  return [
    { href: links.page('deployments', query), text: dayWords.deployments },
    { href: links.page('deployments', { ...query, range: null, from, to }), text: formatLongMonth(span.day) },
  ];
}

/** What of the workspace is shown; `null`: all of it, as it counts. */
function buildFiltered(pageContext: PageContext) {
  const { page, systems, teams } = pageContext;
  const { systems: uuids, teams: slugs, isRaw } = page.filter;
  const names = [
    ...uuids.map((uuid) => systems.find((one) => one.uuid === uuid)?.name ?? uuid),
    ...slugs.map((slug) => teams.find((one) => one.slug === slug)?.name ?? slug),
  ];
  if (names.length === 0 && !isRaw) return null;
  return {
    text: [...(names.length === 0 ? [] : [dayWords.filtered(names)]), ...(isRaw ? [dayWords.raw] : [])].join(' · '),
    all: { href: buildOwnHref(pageContext, { system: null, team: null, data: null }), text: dayWords.showAll },
  };
}

function buildNeighbours({ pageContext, neighbours: { before, after } }: DayMaterial) {
  const build = (day: string | null, label: (date: string) => string) =>
    day === null ? null : { href: buildOwnHref(pageContext, { day }), text: formatShortDate(day), label: label(day) };
  return { before: build(before, dayWords.before), after: build(after, dayWords.after) };
}

/** The answer in two lines; `null`: nothing was deployed. */
function buildShipped({ releases, pageContext, findOutcome }: DayMaterial) {
  const [first] = releases;
  if (first === undefined) return null;
  const repositories = new Set(releases.map(({ system }) => system.uuid));
  const people = new Set(releases.flatMap(({ author }) => author?.uuid ?? []));
  const isOfOne = repositories.size === 1 && pageContext.repository === null;
  const place = pageContext.repository?.name ?? (isOfOne ? first.system.name : null);
  const unknown = releases.filter(({ isComplete }) => !isComplete).length;
  return {
    sentence: [
      dayWords.deployed(releases.length, repositories.size, place),
      dayWords.failed(countFailures(releases, findOutcome)),
    ].join(' '),
    second: dayWords.commits(countCommits(releases), people.size, unknown),
  };
}

function countCommits(releases: readonly ReleaseItem[]): number {
  return releases.reduce((sum, { changes }) => sum + changes.length, 0);
}

function countFailures(releases: readonly ReleaseItem[], findOutcome: FindOutcome): FailureFigures {
  const failed = releases.map(({ deployId }) => findOutcome(deployId).failures).filter(({ length }) => length > 0);
  const incidents = failed.flat();
  const lengths = incidents.flatMap((incident) => findLength(incident) ?? []);
  return {
    failed: failed.length,
    ended: failed.filter((all) => all.every(({ resolvedAt }) => resolvedAt !== null)).length,
    isByRevert: incidents.every(({ source }) => source === 'revert'),
    longest: lengths.length === incidents.length && lengths.length > 0 ? Math.max(...lengths) : null,
  };
}

function buildDayLanes({ pageContext, ...material }: DayMaterial) {
  const { span, releases, reaching, findOutcome, told } = material;
  const names = new Map([
    ...told.map(({ event, repositoryName }) => [event.repositoryUuid, repositoryName] as const),
    ...told.flatMap((one) => [...one.releases.values()]).map(({ system }) => [system.uuid, system.name] as const),
    ...releases.map(({ system }) => [system.uuid, system.name] as const),
  ]);
  const toName = (uuid: string) => names.get(uuid) ?? storyWords.otherRepository;
  return buildLanes({ span, releases, findOutcome, toName, now: pageContext.now, incidents: reaching });
}

function buildRows(material: DayMaterial, links: Links) {
  const { pageContext, span, releases, leftOut, report, findOutcome, editing, listCorrectionsOf } = material;
  const all = [...releases, ...leftOut].sort((one, other) => one.deployedAt - other.deployedAt);
  const context = {
    ...buildReleaseWays(pageContext, links),
    ...{ editing, listCorrectionsOf, findOutcome, unit: pickOneUnit(report.lead_time_for_changes.value) },
    leftOut: new Set(leftOut.map(({ deployId }) => deployId)),
    isOfOne: pageContext.repository !== null,
  };
  const query = { repository: pageContext.repository?.uuid ?? null, ...toQuery(pageContext.page, { sort: null }) };
  const shown = all.slice(0, mostRows);
  const ids = shown.map(({ deployId }) => deployId);
  return {
    editing,
    lost: editing && findLostLine(editing, ids),
    ...buildActionsColumn(editing, 6),
    rows: shown.map((item) => buildDayRow(item, context)),
    cut: all.length > mostRows ? dayWords.cut(mostRows, all.length) : null,
    totals: dayWords.totals(releases.length, countCommits(releases), leftOut.length),
    csvHref: links.page('deployments', { ...query, range: null, from: span.day, to: span.day, format: 'csv' }),
  };
}
