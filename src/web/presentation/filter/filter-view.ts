import { toAddress } from '../../routing/paths';
import { formatCounted } from '../format/numbers';
import { firstPages } from './table-choice';
import { presets, toQuery, type PageFilter } from './page-filter';

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly isChosen: boolean;
}

type Offered = Omit<Choice, 'isChosen'>;

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
  const own = { ...place.own, ...firstPages };
  return {
    action: toAddress(place.path, own),
    presets: presets.map((days) => ({
      value: String(days),
      text: presetNames[days] ?? `${days} days`,
      isChosen: range === days,
    })),
    intervals: [
      { value: '', text: 'Automatic', isChosen: page.isAutomatic === true },
      ...intervalNames.map(([value, text]) => ({
        ...{ value, text },
        isChosen: page.isAutomatic !== true && filter.interval === value,
      })),
    ],
    from: filter.from,
    to: filter.to,
    // Dates that come back as they were shown leave the preset chosen.
    shown: `${filter.from}/${filter.to}`,
    kept: range === null ? '' : String(range),
    sort: page.sort ?? '',
    systems: buildChoices(filterable.systems.map(buildSystemChoice), filter.systems, ['repository', 'repositories']),
    teams: buildChoices(filterable.teams.map(buildTeamChoice), filter.teams, ['team', 'teams']),
    hasChoices: filter.systems.length + filter.teams.length > 0,
    clearHref: toAddress(place.path, { ...own, ...toQuery(page), system: null, team: null }),
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

function buildSystemChoice(system: Filterable['systems'][number]): Offered {
  return { value: system.uuid, text: system.name };
}

function buildTeamChoice(team: Filterable['teams'][number]): Offered {
  return { value: team.slug, text: team.deleted ? `${team.name} (deleted)` : team.name };
}

/** The chosen ones stand first: they are always in sight, also where the others are made when the list is opened. */
function buildChoices(offered: readonly Offered[], values: readonly string[], [one, many]: readonly [string, string]) {
  if (offered.length === 0) {
    return null;
  }
  const wanted = new Set(values);
  const chosen = offered.filter(({ value }) => wanted.has(value));
  const summary =
    chosen.length === 0
      ? `All ${many}`
      : chosen.length === 1
        ? (chosen[0]?.text ?? '')
        : formatCounted(chosen.length, one, many);
  return { summary, chosen, others: offered.filter(({ value }) => !wanted.has(value)) };
}
