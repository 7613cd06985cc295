import { smallestTeam, type Team, type TeamMember } from '../../../domain/team';
import type { ManualTeam } from '../../../ingestion/administration';
import type { PageParameters } from '../overview/overview-query';

/** A team as typed, kept while something is wrong with it. */
export interface TeamFields {
  /** `null`: a new one. */
  readonly slug: string | null;
  readonly name: string;
  /** UUIDs of the people ticked. */
  readonly members: readonly string[];
  readonly sinceToday: boolean;
}

const longestName = 80;

export function readTeamFields(parameters: PageParameters): TeamFields {
  const slug = parameters['slug']?.at(-1) ?? '';
  return {
    slug: slug === '' ? null : slug,
    name: (parameters['name']?.at(-1) ?? '').trim(),
    members: [...new Set(parameters['member'] ?? [])],
    sinceToday: parameters['since']?.at(-1) === 'today',
  };
}

/**
 * A team to store, or what is wrong with it. People who stay keep their dates; who is no longer ticked belongs to the
 * team until now, so that older deployments keep it.
 */
export function checkTeam(
  fields: TeamFields,
  known: { readonly teams: readonly Team[]; readonly people: readonly string[] },
  now: number,
): { team: ManualTeam } | { problem: string } {
  const problem = findProblem(fields, known);
  if (problem !== null) {
    return { problem };
  }
  const before = known.teams.find(({ slug, source }) => slug === fields.slug && source === 'manual')?.members ?? [];
  return { team: { slug: fields.slug, name: fields.name, members: toMembers(fields, before, now) } };
}

function findProblem(
  { slug, name, members }: TeamFields,
  { teams, people }: { readonly teams: readonly Team[]; readonly people: readonly string[] },
): string | null {
  if (name === '' || name.length > longestName) {
    return `A team has a name of 1 to ${longestName} characters.`;
  }
  if (slug !== null && !teams.some((team) => team.slug === slug && team.source === 'manual' && !team.isDeleted)) {
    return 'This team is no longer there. Make a new one.';
  }
  if (members.some((member) => !people.includes(member))) {
    return 'One of these people is not known in this workspace.';
  }
  return members.length < smallestTeam
    ? `A team has at least ${smallestTeam} members, so that no number points at one person.`
    : null;
}

function toMembers({ members, sinceToday }: TeamFields, before: readonly TeamMember[], now: number): TeamMember[] {
  const present = before.filter(({ until }) => until === null);
  const past = before.filter(({ until }) => until !== null);
  const left = present
    .filter(({ userUuid }) => !members.includes(userUuid))
    .map((member) => ({ ...member, until: now }));
  const stayed = present.filter(({ userUuid }) => members.includes(userUuid));
  const joined = members
    .filter((member) => !present.some(({ userUuid }) => userUuid === member))
    .map((userUuid) => ({ userUuid, since: sinceToday ? now : null, until: null }));
  return [...past, ...left, ...stayed, ...joined];
}
