import type { Team } from '../../../../domain/teams/team';
import { runEdit, isOvertaken } from '../../../presentation/forms/edit';
import {
  overtake,
  refuse,
  refuseAtOnce,
  succeed,
  type Action,
  type ActionResult,
} from '../../../presentation/forms/form-action';
import { doOnce, hasMark } from '../../../presentation/forms/submission';
import type { FormRequest, RoomsDependencies } from '../../../presentation/frame/page-dependencies';
import { readOne } from '../../../presentation/filter/page-parameters';
import { checkTeam, readTeamFields, teamForm, buildComparedTeam, type TeamContext } from './team-form';
import { teamWords } from './words';

export const teamActions: Readonly<Record<string, Action>> = {
  'save-team': saveTeam,
  'delete-team': deleteTeam,
  /** Shows more people to choose from; nothing is saved. */
  'find-members': async ({ parameters }) => ({
    outcome: null,
    typed: { form: teamForm, parameters, problems: {}, isStale: false, isPreview: true },
  }),
};

function isKeptByHand(team: Team): boolean {
  return team.source === 'manual' && !team.isDeleted;
}

async function loadContext(
  { caller, parameters }: FormRequest,
  { reporting }: RoomsDependencies,
): Promise<TeamContext> {
  const slug = readOne(parameters, 'slug') ?? '';
  const { teams, people, settings, now } = await reporting.open(caller.workspace, caller.sight.repositories);
  const stored = teams.find((team) => isKeptByHand(team) && team.slug === slug) ?? null;
  return { stored, people, timezone: settings.timezone, now };
}

async function saveTeam(request: FormRequest, dependencies: RoomsDependencies): Promise<ActionResult> {
  const context = await loadContext(request, dependencies);
  return readTeamFields(request.parameters).slug === null
    ? makeTeam(request, dependencies, context)
    : changeTeam(request, dependencies, context);
}

const words = teamWords.outcome;

async function makeTeam(
  request: FormRequest,
  dependencies: RoomsDependencies,
  context: TeamContext,
): Promise<ActionResult> {
  const { caller, parameters } = request;
  const checked = checkTeam(readTeamFields(parameters), context);
  if ('problems' in checked || !hasMark(request)) {
    const problems = 'problems' in checked ? checked.problems : { name: words.incomplete };
    return refuse(words.refused, { form: teamForm, parameters, problems });
  }
  await doOnce(request, dependencies, () => dependencies.administration.saveTeam(caller.workspace, checked.value));
  return succeed(words.saved(checked.value.name), words.savedText);
}

async function changeTeam(
  { caller, parameters }: FormRequest,
  { administration }: RoomsDependencies,
  context: TeamContext,
): Promise<ActionResult> {
  const { stored } = context;
  if (stored === null) {
    const problems = { name: words.gone };
    return refuse(words.refused, { form: teamForm, parameters: { ...parameters, slug: [''] }, problems });
  }
  const fields = readTeamFields(parameters);
  return runEdit({
    form: teamForm,
    parameters,
    stored: buildComparedTeam(stored),
    checked: checkTeam(fields, context),
    save: async (team) => (team === null ? undefined : administration.saveTeam(caller.workspace, team)),
    words: { refused: words.refused, saved: words.saved(fields.name), text: words.savedText },
  });
}

async function deleteTeam({ caller, parameters }: FormRequest, dependencies: RoomsDependencies): Promise<ActionResult> {
  const { administration, reporting } = dependencies;
  const slug = readOne(parameters, 'slug') ?? '';
  const { teams } = await reporting.open(caller.workspace, caller.sight.repositories);
  const team = teams.find((candidate) => candidate.slug === slug && candidate.source === 'manual');
  if (team === undefined) {
    return refuseAtOnce(words.notDeleted, words.notThere);
  }
  if (!team.isDeleted && isOvertaken(parameters, buildComparedTeam(team))) {
    return overtake({ form: teamForm, parameters, problems: {} });
  }
  if (!team.isDeleted) {
    await administration.deleteTeam(caller.workspace, slug);
  }
  return succeed(words.deleted(team.name), words.deletedText);
}
