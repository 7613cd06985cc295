import { lookUp } from '../../../../domain/look-up';
import type { Team } from '../../../../domain/teams/team';
import { isMember } from '../../../../domain/teams/team-membership';
import type { ImportStatus } from '../../../../ingestion/progress/import-status';
import { formatSeen } from '../../../presentation/forms/edit';
import { buildField } from '../../../presentation/forms/field-view';
import { readTyped, buildStoredNow, type TypedForm } from '../../../presentation/forms/form-action';
import { buildPeopleChoice, formatPersonName, type KnownPerson } from '../../../presentation/forms/people-choice';
import { formatDate, formatDateTime } from '../../../presentation/format/dates';
import { formatCounted } from '../../../presentation/format/numbers';
import { buildTypedPeriod } from './memberships';
import { readTeamFields, teamForm, buildComparedTeam, buildTeamFields, type TeamFields } from './team-form';
import { teamWords as words } from './words';

interface TeamsMaterial {
  readonly teams: readonly Team[];
  readonly people: readonly KnownPerson[];
  readonly groups: ImportStatus['groups'];
  readonly timezone: string;
  readonly now: number;
  /** What was typed, and is shown again. */
  readonly typed: TypedForm | null;
  /** Slug of the team whose form was asked for; `''`: of a new one. */
  readonly open: string | null;
  readonly toFormHref: (slug: string) => string;
}

/** Groups as Bitbucket lists them, the teams kept by hand, and the form of one. */
export function buildTeamsView(material: TeamsMaterial) {
  const { teams, groups, timezone, people, toFormHref, now } = material;
  const manual = teams.filter(({ source, isDeleted }) => source === 'manual' && !isDeleted);
  const readAt = groups.read_at;
  return {
    groupsText: readAt === null ? words.groupsUnread : words.groupsRead(formatDateTime(Date.parse(readAt), timezone)),
    groupsProblem: groups.problem,
    groups: teams.filter(({ source }) => source === 'group').map((team) => buildGroup(team, now)),
    manual: manual.map((team) => ({
      name: team.name,
      members: formatMemberCount(team, now),
      changeHref: toFormHref(team.slug),
    })),
    newHref: toFormHref(''),
    form: buildOpenForm(manual, material),
    hasPeople: people.length > 0,
  };
}

function buildGroup(team: Team, now: number) {
  return {
    name: team.name,
    members: formatMemberCount(team, now),
    mark: team.isDeleted ? words.deletedGroup : null,
  };
}

function formatMemberCount({ members }: Team, now: number): string {
  const present = members.filter((one) => isMember(one, now));
  return formatCounted(new Set(present.map(({ userUuid }) => userUuid)).size, 'member');
}

/** The form with what was typed, else that of the team asked for; a team that is not there has none. */
function buildOpenForm(manual: readonly Team[], material: TeamsMaterial) {
  const { typed, open, timezone } = material;
  const find = (slug: string) => manual.find((candidate) => candidate.slug === slug) ?? null;
  if (typed !== null) {
    const fields = readTeamFields(typed.parameters);
    const team = find(fields.slug ?? '');
    return buildForm(team === null ? { ...fields, slug: null } : fields, team, material);
  }
  const asked = open === null ? null : find(open);
  return asked === null && open !== '' ? null : buildForm(buildTeamFields(asked, timezone), asked, material);
}

function buildForm(fields: TeamFields, team: Team | null, material: TeamsMaterial) {
  const { people, typed } = material;
  const problems = typed?.problems ?? {};
  return {
    title: team === null ? words.form.add : words.form.change(team.name),
    slug: fields.slug ?? '',
    seen: formatSeen(buildComparedTeam(team)),
    name: buildField(teamForm, problems, { name: 'name', label: words.form.name, value: fields.name }),
    periods: fields.periods.map((period, index) => ({
      // Among the periods, for the box that removes it.
      place: String(index),
      uuid: period.userUuid,
      name: formatPersonName(period.userUuid, people),
      since: period.since,
      until: period.until,
      isDropped: period.isDropped,
      error: lookUp(problems, `period-${index}`) ?? null,
      errorId: `team-period-${index}-error`,
    })),
    people: buildPeopleChoice(people, fields.joining, readTyped(typed, 'find_person')),
    since: buildField(teamForm, problems, {
      name: 'member_since',
      label: words.form.since,
      value: fields.joiningSince,
      type: 'date',
      hint: words.form.sinceHint(material.timezone),
    }),
    error: problems['member'] ?? null,
    stored: buildStoredNow(typed, team, (now) => buildStoredWords(now, material)),
  };
}

function buildStoredWords({ name, members }: Team, { people, timezone }: TeamsMaterial): string[] {
  return [
    words.stored.name(name),
    ...members.map((member) => {
      const { since, until } = buildTypedPeriod(member, timezone);
      const from = since === '' ? words.stored.fromBeginning : words.stored.from(formatDate(since));
      const to = until === '' ? '' : words.stored.to(formatDate(until));
      return words.stored.member(formatPersonName(member.userUuid, people), `${from}${to}`);
    }),
  ];
}
