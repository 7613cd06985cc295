import { smallestTeam, type Team, type TeamMember } from '../../../../domain/teams/team';
import type { ManualTeam } from '../../../../administration/teams';
import { countCharacters } from '../../../presentation/forms/field-view';
import type { Checked, Problems } from '../../../presentation/forms/form-action';
import { formatPersonName, type KnownPerson } from '../../../presentation/forms/people-choice';
import type { PageParameters } from '../../../presentation/filter/page-filter';
import { readText } from '../../../presentation/filter/page-parameters';
import {
  countBelonging,
  findOverlap,
  findPeriodProblem,
  buildMember,
  buildOrdered,
  buildTypedPeriod,
  type TypedPeriod,
} from './memberships';

export const teamForm = 'team';
const longestTeamName = 80;

/** A team as it stands in its form. */
export interface TeamFields {
  /** `null`: a new one. */
  readonly slug: string | null;
  readonly name: string;
  readonly periods: readonly (TypedPeriod & { readonly isDropped: boolean })[];
  /** UUIDs of people ticked to be added, and from which date on; `''`: from the beginning. */
  readonly joining: readonly string[];
  readonly joiningSince: string;
}

/** What a typed team is checked against. */
export interface TeamContext {
  /** The team as stored; `null` for a new one. */
  readonly stored: Team | null;
  readonly people: readonly KnownPerson[];
  readonly timezone: string;
  readonly now: number;
}

export function buildTeamFields(stored: Team | null, timezone: string): TeamFields {
  const periods = (stored?.members ?? []).map((member) => ({
    ...buildTypedPeriod(member, timezone),
    isDropped: false,
  }));
  return { slug: stored?.slug ?? null, name: stored?.name ?? '', periods, joining: [], joiningSince: '' };
}

/** The dates of the periods come as lists in their order; `dropped` names the places of those to be removed. */
export function readTeamFields(parameters: PageParameters): TeamFields {
  const slug = readText(parameters, 'slug');
  const { period = [], since = [], until = [], dropped = [] } = parameters;
  return {
    slug: slug === '' ? null : slug,
    name: readText(parameters, 'name'),
    periods: period.map((userUuid, index) => ({
      userUuid,
      since: (since[index] ?? '').trim(),
      until: (until[index] ?? '').trim(),
      isDropped: dropped.includes(String(index)),
    })),
    joining: [...new Set(parameters['member'] ?? [])],
    joiningSince: readText(parameters, 'member_since'),
  };
}

/** What is compared to know whether a team was changed meanwhile. */
export function buildComparedTeam(team: Pick<Team, 'slug' | 'name' | 'members'> | null): ManualTeam | null {
  return team === null ? null : { slug: team.slug, name: team.name, members: buildOrdered(team.members) };
}

/** A team to store, or what is wrong with its fields. */
export function checkTeam(fields: TeamFields, context: TeamContext): Checked<ManualTeam> {
  const { stored, timezone } = context;
  const joining = fields.joining.map((userUuid) => ({ userUuid, since: fields.joiningSince, until: '' }));
  const problems = findDateProblems(fields, joining[0] ?? null);
  if (Object.keys(problems).length > 0) {
    return { problems };
  }
  const kept = fields.periods.filter(({ isDropped }) => !isDropped);
  const members = buildOrdered(
    [...kept, ...joining].map((period) => buildMember(period, stored?.members ?? [], timezone)),
  );
  const wrong = { ...findNameProblem(fields.name), ...findMembersProblem(members, context) };
  return Object.keys(wrong).length > 0
    ? { problems: wrong }
    : { value: { slug: fields.slug, name: fields.name, members } };
}

/** `period-2`: of the third period. */
function findDateProblems({ periods }: TeamFields, joining: TypedPeriod | null): Problems {
  const found = periods.flatMap((period, index) => {
    const problem = period.isDropped ? null : findPeriodProblem(period);
    return problem === null ? [] : [[`period-${index}`, problem] as const];
  });
  const ofJoining = joining === null ? null : findPeriodProblem(joining);
  return { ...Object.fromEntries(found), ...(ofJoining === null ? {} : { member_since: ofJoining }) };
}

function findNameProblem(name: string): Problems {
  return name === '' || countCharacters(name) > longestTeamName
    ? { name: `A team has a name of 1 to ${longestTeamName} characters.` }
    : {};
}

function findMembersProblem(members: readonly TeamMember[], { stored, people, now }: TeamContext): Problems {
  const known = new Set(
    [...people, ...(stored?.members ?? []).map(({ userUuid: uuid }) => ({ uuid }))].map(({ uuid }) => uuid),
  );
  if (members.some(({ userUuid }) => !known.has(userUuid))) {
    return { member: 'One of these people is not known in this workspace.' };
  }
  const twice = findOverlap(members);
  if (twice !== null) {
    return { member: `${formatPersonName(twice.userUuid, people)} would belong to the team twice at one time.` };
  }
  return countBelonging(members, now) < smallestTeam
    ? { member: `A team has at least ${smallestTeam} members, so that no number points at one person.` }
    : {};
}
