import type { IncidentRules } from '../../domain/incidents/incident-rules';
import type { WorkspaceSettings } from '../../domain/settings/workspace-settings';
import type { Team } from '../../domain/teams/team';

/** Another one whenever rows are derived otherwise from the same facts. */
const format = 1;

/** Beside the facts of the merges, all that columns are made with; as JSON it stands beside stored columns. */
export interface ColumnBasis {
  readonly format: number;
  readonly timezone: string;
  readonly incidentRules: IncidentRules;
  /** Uuids that rules leave out. */
  readonly people: readonly string[];
  readonly repositories: readonly string[];
  /** Uuids of bots and of people left out. */
  readonly ignored: readonly string[];
  /** Of teams kept by hand: uuid of the person, slug, since, until. */
  readonly memberships: readonly (readonly [string, string, number | null, number | null])[];
}

/** What columns are made with that were made with something else. */
export interface BasisChange {
  /** Every row may be another. */
  readonly isWhole: boolean;
  readonly isOfZone: boolean;
  /** Uuids of people whose own merges may count otherwise, and of those whose words on any merge may. */
  readonly authors: readonly string[];
  readonly actors: readonly string[];
  /** Uuids of the repositories that are left out now, and of those that are no longer. */
  readonly leftOut: readonly string[];
  readonly takenIn: readonly string[];
}

interface BasisParts {
  readonly settings: WorkspaceSettings;
  readonly teams: readonly Team[];
  readonly ignored: ReadonlySet<string>;
}

export function toColumnBasis({ settings, teams, ignored }: BasisParts): ColumnBasis {
  const { timezone, incidentRules, exclusions } = settings;
  const { revert, branchPrefixes, titlePrefixes } = incidentRules;
  const memberships = teams
    .filter(({ source }) => source === 'manual')
    .flatMap(({ slug, members }) =>
      members.map(({ userUuid, since, until }) => [userUuid, slug, since, until] as const),
    );
  return {
    format,
    timezone,
    incidentRules: { revert, branchPrefixes, titlePrefixes },
    people: exclusions.people.toSorted(),
    repositories: exclusions.repositories.toSorted(),
    ignored: [...ignored].toSorted(),
    memberships,
  };
}

/** `null`: no basis, or one under which rows were derived otherwise. */
export function parseBasis(text: string): ColumnBasis | null {
  const basis = JSON.parse(text) as ColumnBasis;
  return basis.format === format ? basis : null;
}

export function findBasisChange(before: ColumnBasis, after: ColumnBasis): BasisChange {
  const isSame = (part: keyof ColumnBasis): boolean => JSON.stringify(before[part]) === JSON.stringify(after[part]);
  const memberships = findDifference(before.memberships.map(toText), after.memberships.map(toText));
  return {
    isWhole: !isSame('incidentRules'),
    isOfZone: !isSame('timezone'),
    authors: [...findDifference(before.people, after.people), ...memberships.map((text) => text.split(' ')[0] ?? '')],
    actors: findDifference(before.ignored, after.ignored),
    leftOut: listMissing(after.repositories, before.repositories),
    takenIn: listMissing(before.repositories, after.repositories),
  };
}

function toText(membership: ColumnBasis['memberships'][number]): string {
  return membership.join(' ');
}

/** What only one of them holds. */
function findDifference(one: readonly string[], other: readonly string[]): string[] {
  return [...listMissing(one, other), ...listMissing(other, one)];
}

/** What of `other` is not in `one`. */
function listMissing(one: readonly string[], other: readonly string[]): string[] {
  const known = new Set(one);
  return other.filter((value) => !known.has(value));
}
