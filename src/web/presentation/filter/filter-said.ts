import { filterWords, formatPeriod, formatRangeName } from './filter-words';
import type { PageFilter } from './page-filter';

interface Named {
  readonly systems: readonly { readonly uuid: string; readonly name: string }[];
  readonly teams: readonly { readonly slug: string; readonly name: string }[];
}

/** "Last 90 days, 30 Aug – 27 Nov 2026": a named range with its dates. */
export function buildRangeText({ filter, range }: Pick<PageFilter, 'filter' | 'range'>): string {
  const dates = formatPeriod(filter);
  return range === null ? dates : `${formatRangeName(range, filter)}, ${dates}`;
}

/** The filters in words: for who does not see them change, and for paper. */
export function listFilters(page: PageFilter, { systems, teams }: Named, hasRange: boolean): string[] {
  const { filter } = page;
  const chosenSystems = systems.filter(({ uuid }) => filter.systems.includes(uuid)).map(({ name }) => name);
  const chosenTeams = teams.filter(({ slug }) => filter.teams.includes(slug)).map(({ name }) => name);
  return [
    ...(hasRange ? [buildRangeText(page)] : []),
    ...(systems.length === 0 ? [] : [chosenSystems.join(', ') || filterWords.allRepositories]),
    ...(teams.length === 0 ? [] : [chosenTeams.join(', ') || filterWords.allTeams]),
    ...(filter.isRaw ? [filterWords.rawNumbers] : []),
  ];
}
