import { isDeepStrictEqual } from 'node:util';
import type { WorkspaceColumns } from '../../domain/columns/month-columns';
import type { Correction } from '../../domain/corrections/correction';
import { findIgnored } from '../../domain/corrections/leave-out';
import type { Person } from '../../domain/people/person';
import type { UndatedMerge } from '../../domain/pull-requests/pull-request';
import type { WorkspaceSettings } from '../../domain/settings/workspace-settings';
import type { Team } from '../../domain/teams/team';
import { parsePeople, parseTeams } from '../../store/people/people-as-text';
import type { Stores } from '../../store/stores';
import { toColumnBasis, type ColumnBasis } from './column-basis';
import { findUndeployed, type Derivation } from './derive-rows';

export type ColumnStores = Pick<
  Stores,
  'settings' | 'pullRequests' | 'merges' | 'teams' | 'people' | 'corrections' | 'columns'
>;

/** What is known of a workspace beside its merges. */
export interface Surroundings {
  readonly settings: WorkspaceSettings;
  /** Groups and teams kept by hand, deleted ones too. */
  readonly teams: readonly Team[];
  /** Everybody seen beside a pull request, by uuid. */
  readonly people: ReadonlyMap<string, Person>;
  /** Uuids of bots and of people left out. */
  readonly ignored: ReadonlySet<string>;
  /** Merges that nobody can date, those that a rule leaves out too. */
  readonly undated: readonly UndatedMerge[];
  /** Undone ones too. */
  readonly corrections: readonly Correction[];
}

/** What is known of a workspace as of one version of it. */
export interface WorkspaceFacts extends Surroundings {
  /** Uuids of the repositories with merges, those that a rule leaves out too. */
  readonly repositories: ReadonlySet<string>;
  /** As pages show them by default: with the corrections made by hand. */
  readonly corrected: WorkspaceColumns;
  /** Ids of the corrections that change something. */
  readonly effective: ReadonlySet<string>;
  /** As they came. */
  readonly getRaw: () => WorkspaceColumns;
}

/** Surroundings with the texts that they were parsed from, which mostly are those of the version before. */
export interface ReadSurroundings extends Surroundings {
  readonly texts: { readonly people: string; readonly teams: string };
}

export async function readSurroundings(
  stores: ColumnStores,
  workspace: string,
  before: (ReadSurroundings & { readonly arePeopleSame: boolean }) | null,
): Promise<ReadSurroundings> {
  const known = before?.arePeopleSame === true ? before.texts : null;
  const [settings, teamsText, corrections, peopleText, undated] = await Promise.all([
    stores.settings.get(workspace),
    stores.teams.readText(workspace, known?.teams ?? null),
    stores.corrections.list(workspace),
    known?.people ?? stores.people.readText(workspace),
    stores.pullRequests.listUndated(workspace),
  ]);
  const texts = { people: peopleText, teams: teamsText };
  return { settings, corrections, undated, texts, ...parseTexts(texts, before, settings) };
}

/** What is told by texts; of those that are the same as before nothing is parsed. */
function parseTexts(
  texts: ReadSurroundings['texts'],
  before: ReadSurroundings | null,
  { exclusions }: WorkspaceSettings,
): Pick<Surroundings, 'teams' | 'people' | 'ignored'> {
  const teams = before?.texts.teams === texts.teams ? before.teams : parseTeams(texts.teams);
  const isSame = before?.texts.people === texts.people;
  const people = isSame ? before.people : new Map(parsePeople(texts.people).map((one) => [one.uuid, one]));
  const isIgnoredSame = isSame && isDeepStrictEqual(before.settings.exclusions, exclusions);
  const ignored = isIgnoredSame ? before.ignored : findIgnored([...people.values()], exclusions);
  return { teams, people, ignored };
}

export function toBasis({ settings, teams, ignored }: Surroundings): ColumnBasis {
  return toColumnBasis({ settings, teams, ignored });
}

/** How rows of a workspace are derived: as they came, or with what corrections leave out. */
export function toDerivation(
  { settings, teams, ignored, corrections }: Surroundings,
  { isRaw }: { readonly isRaw: boolean },
): Derivation {
  return { settings, teams, ignored, undeployed: isRaw ? new Set() : findUndeployed(corrections) };
}
