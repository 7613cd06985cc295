import { calendarPeriods, type Period } from '../../../domain/calendar/calendar-period';
import { toAddress } from '../../routing/paths';
import { listFilters } from './filter-said';
import {
  filterWords,
  formatCompareChoice,
  formatPeriod,
  formatPeriodShort,
  formatRangeDates,
  formatRangeName,
} from './filter-words';
import { findCompared, presets, toQuery, type PageFilter } from './page-filter';
import { findComparedPeriod, findNamedRange, findSteps, type RangeName } from './range-choice';
import { firstPages } from './table-choice';

interface Offered {
  readonly value: string;
  readonly text: string;
}

export interface Choice extends Offered {
  readonly isChosen: boolean;
}

interface Filterable {
  readonly systems: readonly { readonly uuid: string; readonly name: string }[];
  readonly teams: readonly { readonly slug: string; readonly name: string; readonly deleted: boolean }[];
  readonly hasCorrections: boolean;
  /** False: the page is about now, its range is only kept for other pages. */
  readonly hasRange: boolean;
  /** The local date. */
  readonly today: string;
}

interface FilterPlace {
  readonly path: string;
  readonly own: Readonly<Record<string, string | null>>;
}

/** The row of filters of a page. `path` carries the page's own parameters (a repository's page names it). */
export function buildFilterView(page: PageFilter, place: FilterPlace, filterable: Filterable) {
  const { filter, range } = page;
  const isAutomatic = page.isAutomatic === true;
  const own = { ...place.own, ...firstPages };
  return {
    words: filterWords,
    action: toAddress(place.path, own),
    // Dates that come back as they were shown leave the named range chosen.
    kept: range === null ? '' : String(range),
    shown: `${filter.from}/${filter.to}`,
    sort: page.sort ?? '',
    from: filter.from,
    to: filter.to,
    period: buildPeriod(page, place, filterable.today),
    compare: buildCompare(page),
    intervals: [
      {
        value: '',
        text: isAutomatic ? filterWords.automaticBy[filter.interval] : filterWords.automatic,
        isChosen: isAutomatic,
      },
      ...(['day', 'week', 'month'] as const).map((value) => ({
        ...{ value, text: filterWords.intervals[value] },
        isChosen: !isAutomatic && filter.interval === value,
      })),
    ],
    systems: buildChoices(filterable.systems.map(toSystemChoice), filter.systems, {
      ...{ name: 'system', title: filterWords.repositories, find: filterWords.findRepository },
    }),
    teams: buildChoices(filterable.teams.map(toTeamChoice), filter.teams, {
      ...{ name: 'team', title: filterWords.teams, find: filterWords.findTeam },
    }),
    hasChoices: filter.systems.length + filter.teams.length > 0,
    clearHref: toAddress(place.path, { ...own, ...toQuery(page), system: null, team: null }),
    hasRange: filterable.hasRange,
    said: listFilters(page, filterable, filterable.hasRange).join(', '),
    data: buildDataChoice(filter.isRaw, filterable.hasCorrections),
  };
}

function buildPeriod(page: PageFilter, place: FilterPlace, today: string) {
  const { filter, range } = page;
  const period = { from: filter.from, to: filter.to };
  const { earlier, later } = findSteps(range, period, today);
  const toChoice = (name: RangeName) => ({
    value: String(name),
    text: formatRangeName(name, period),
    isChosen: range === name,
  });
  const toHref = (step: { readonly range: RangeName | null; readonly period: Period }) => {
    const dates = step.range === null ? step.period : { from: null, to: null };
    const query = { ...toQuery(page, { range: step.range === null ? null : String(step.range) }), ...dates };
    return toAddress(place.path, { ...place.own, ...firstPages, ...query });
  };
  return {
    name: formatRangeName(range, period),
    dates: formatRangeDates(range, period),
    calendar: calendarPeriods.map((name) => ({
      ...toChoice(name),
      dates: formatPeriodShort(findNamedRange(name, today), today),
    })),
    presets: presets.map(toChoice),
    earlier: earlier && { href: toHref(earlier), text: `${filterWords.earlier}: ${formatPeriod(earlier.period)}` },
    later: later && { href: toHref(later), text: `${filterWords.later}: ${formatPeriod(later.period)}` },
  };
}

function buildCompare(page: PageFilter) {
  const { filter, range, comparison } = page;
  const shown = { from: filter.from, to: filter.to };
  const compared = findCompared(page);
  const name = comparison === undefined ? 'previous' : comparison.name;
  return {
    text: formatCompareChoice(name, compared, shown),
    choices: (['previous', 'year'] as const).map((value) => {
      const period = findComparedPeriod(value, range, shown);
      return {
        ...{ value, text: formatCompareChoice(value, period, shown), isChosen: name === value },
        dates: formatPeriod(period),
      };
    }),
    from: compared.from,
    to: compared.to,
    kept: name ?? '',
    shown: `${compared.from}/${compared.to}`,
  };
}

/** Raw or corrected numbers; offered where corrections are in force. */
function buildDataChoice(isRaw: boolean, hasCorrections: boolean) {
  const choices = [
    { value: 'corrected', text: filterWords.corrected, isChosen: !isRaw },
    { value: 'raw', text: filterWords.raw, isChosen: isRaw },
  ];
  return { choices: hasCorrections || isRaw ? choices : null, isRaw };
}

function toSystemChoice(system: Filterable['systems'][number]): Offered {
  return { value: system.uuid, text: system.name };
}

function toTeamChoice(team: Filterable['teams'][number]): Offered {
  return { value: team.slug, text: team.deleted ? filterWords.deletedTeam(team.name) : team.name };
}

interface PickerWords {
  readonly name: string;
  readonly title: string;
  readonly find: string;
}

const byText = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Sorted by name. The chosen ones stand in the page; a script puts the others among them when the list is opened. */
function buildChoices(offered: readonly Offered[], values: readonly string[], words: PickerWords) {
  if (offered.length === 0) {
    return null;
  }
  const sorted = [...offered].sort((one, other) => byText.compare(one.text, other.text));
  const wanted = new Set(values);
  const chosen = sorted.filter(({ value }) => wanted.has(value));
  return { ...words, summary: formatChosen(chosen, sorted.length), chosen, others: without(sorted, wanted) };
}

function formatChosen(chosen: readonly Offered[], all: number): string {
  const [first, second] = chosen;
  if (first === undefined) return filterWords.all(all);
  return second === undefined ? first.text : filterWords.some(chosen.length, all);
}

function without(offered: readonly Offered[], wanted: ReadonlySet<string>): Offered[] {
  return offered.filter(({ value }) => !wanted.has(value));
}
