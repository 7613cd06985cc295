import type { Team } from '../../../domain/team';
import type { ImportStatus } from '../../../ingestion/progress/import-status';
import { toDateTime } from '../words/dates';
import { toCounted } from '../words/numbers';
import type { TeamFields } from './team-form';

export interface TeamsView {
  /** When the groups were read, or that and why they cannot be. */
  readonly groupsText: string;
  readonly groupsProblem: string | null;
  readonly groups: readonly { readonly name: string; readonly members: string; readonly mark: string | null }[];
  readonly manual: readonly TeamFormView[];
  readonly fresh: TeamFormView;
  readonly hasPeople: boolean;
}

export interface TeamFormView {
  readonly slug: string;
  readonly name: string;
  readonly summary: string;
  readonly people: readonly { readonly uuid: string; readonly name: string; readonly isChosen: boolean }[];
  readonly sinceToday: boolean;
  readonly error: string | null;
  readonly isOpen: boolean;
  readonly errorId: string;
}

interface TeamsMaterial {
  readonly teams: readonly Team[];
  readonly people: readonly { readonly uuid: string; readonly displayName: string | null }[];
  readonly groups: ImportStatus['groups'];
  readonly timezone: string;
  /** What was typed and refused. */
  readonly typed: { readonly fields: TeamFields; readonly problem: string } | null;
}

/** Groups as Bitbucket lists them, and the forms of the teams kept by hand. */
export function toTeamsView(material: TeamsMaterial): TeamsView {
  const { teams, groups, timezone, people } = material;
  const manual = teams.filter(({ source, isDeleted }) => source === 'manual' && !isDeleted);
  const readAt = groups.read_at;
  return {
    groupsText:
      readAt === null
        ? 'The groups of the workspace have not been read yet.'
        : `Groups of the workspace, read on ${toDateTime(Date.parse(readAt), timezone)}. Groups of fewer than two members are no teams.`,
    groupsProblem:
      groups.problem === null
        ? null
        : `${groups.problem} Bitbucket tells its groups only to an app that an administrator installed. Teams can be made by hand below.`,
    groups: teams.filter(({ source }) => source === 'group').map(toGroup),
    manual: manual.map((team) => toForm(team, material)),
    fresh: toForm(null, material),
    hasPeople: people.length > 0,
  };
}

function toGroup(team: Team): TeamsView['groups'][number] {
  return {
    name: team.name,
    members: toCounted(countPresent(team), 'member'),
    mark: team.isDeleted ? 'Deleted in Bitbucket, kept for its deployments' : null,
  };
}

function countPresent({ members }: Team): number {
  return members.filter(({ until }) => until === null).length;
}

/** What a form holds: what was typed and refused, else the team as it is, else nothing. */
function toForm(team: Team | null, { people, typed }: TeamsMaterial): TeamFormView {
  const stored = toTeamFields(team);
  const refused = typed !== null && typed.fields.slug === stored.slug ? typed : null;
  const { slug, name, members, sinceToday } = refused === null ? stored : refused.fields;
  const id = slug ?? '';
  return {
    slug: id,
    name,
    summary: toSummary(team),
    people: people.map((person) => toPerson(person, members)),
    sinceToday,
    error: refused === null ? null : refused.problem,
    isOpen: refused !== null,
    errorId: `team-error-${id}`,
  };
}

function toSummary(team: Team | null): string {
  return team === null ? 'Make a team' : `${team.name}, ${toCounted(countPresent(team), 'member')}`;
}

function toPerson({ uuid, displayName }: TeamsMaterial['people'][number], members: readonly string[]) {
  return { uuid, name: displayName ?? uuid, isChosen: members.includes(uuid) };
}

function toTeamFields(team: Team | null): TeamFields {
  return team === null
    ? { slug: null, name: '', members: [], sinceToday: false }
    : { slug: team.slug, name: team.name, members: toPresent(team), sinceToday: false };
}

function toPresent({ members }: Team): string[] {
  return members.filter(({ until }) => until === null).map(({ userUuid }) => userUuid);
}
