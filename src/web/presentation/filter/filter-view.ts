import { toAddress } from '../../routing/paths';
import { formatCounted } from '../format/numbers';
import { presets, toQuery, type PageFilter } from './page-filter';

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly isChosen: boolean;
}

interface Filterable {
  readonly systems: readonly { readonly uuid: string; readonly name: string }[];
  readonly teams: readonly { readonly slug: string; readonly name: string; readonly deleted: boolean }[];
  readonly hasCorrections: boolean;
  /** False: the page is about now, its range is only kept for other pages. */
  readonly hasRange: boolean;
}

const intervalNames = [
  ['day', 'Day'],
  ['week', 'Week'],
  ['month', 'Month'],
] as const;

const presetNames: Record<number, string> = { 180: '6 months', 365: '1 year' };

/** The filter form of a page. `path` carries the page's own parameters (a repository's page names it). */
export function buildFilterView(
  page: PageFilter,
  place: { path: string; own: Record<string, string | null> },
  filterable: Filterable,
) {
  const { filter, range } = page;
  return {
    action: toAddress(place.path, place.own),
    presets: presets.map((days) => ({
      value: String(days),
      text: presetNames[days] ?? `${days} days`,
      isChosen: range === days,
    })),
    intervals: intervalNames.map(([value, text]) => ({ value, text, isChosen: filter.interval === value })),
    from: filter.from,
    to: filter.to,
    // Dates that come back as they were shown leave the preset chosen.
    shown: `${filter.from}/${filter.to}`,
    kept: range === null ? '' : String(range),
    sort: page.sort ?? '',
    systems: buildChoices(filterable.systems.map(buildSystemChoice), filter.systems, ['repository', 'repositories']),
    teams: buildChoices(filterable.teams.map(buildTeamChoice), filter.teams, ['team', 'teams']),
    hasChoices: filter.systems.length + filter.teams.length > 0,
    clearHref: toAddress(place.path, { ...place.own, ...toQuery(page), system: null, team: null }),
    hasRange: filterable.hasRange,
    data: buildDataChoice(filter.isRaw, filterable.hasCorrections),
  };
}

/** Raw or corrected numbers; offered where corrections are in force. */
function buildDataChoice(isRaw: boolean, hasCorrections: boolean) {
  const choices = [
    { value: 'corrected', text: 'Corrected', isChosen: !isRaw },
    { value: 'raw', text: 'Raw', isChosen: isRaw },
  ];
  return { choices: hasCorrections || isRaw ? choices : null, isRaw };
}

function buildSystemChoice(system: Filterable['systems'][number]): Omit<Choice, 'isChosen'> {
  return { value: system.uuid, text: system.name };
}

function buildTeamChoice(team: Filterable['teams'][number]): Omit<Choice, 'isChosen'> {
  return { value: team.slug, text: team.deleted ? `${team.name} (deleted)` : team.name };
}

function buildChoices(
  offered: readonly Omit<Choice, 'isChosen'>[],
  chosen: readonly string[],
  [one, many]: readonly [string, string],
) {
  if (offered.length === 0) {
    return null;
  }
  const choices = offered.map((choice) => ({ ...choice, isChosen: chosen.includes(choice.value) }));
  const only = choices.filter((choice) => choice.isChosen);
  const summary =
    only.length === 0
      ? `All ${many}`
      : only.length === 1
        ? (only[0]?.text ?? '')
        : formatCounted(only.length, one, many);
  return { summary, choices };
}
