import type { WorkspaceSettings } from '../../../domain/workspace-settings';
import type { PageRequest, PagesDependencies } from '../page-dependencies';
import { readOne } from '../page-parameters';
import { checkFields, readFields, type SettingsErrors, type SettingsFields } from './settings-form';
import type { OutcomeView } from './settings-view';
import { checkTeam, readTeamFields, type TeamFields } from './team-form';

/** What a button of the settings page did, and what was typed where it could not be done. */
export interface ActionResult {
  readonly outcome: OutcomeView | null;
  readonly settings?: { readonly fields: SettingsFields; readonly errors: SettingsErrors };
  readonly team?: { readonly fields: TeamFields; readonly problem: string };
  readonly token?: { readonly name: string; readonly problem: string };
}

type Action = (request: PageRequest, dependencies: PagesDependencies) => Promise<ActionResult>;

const actions: Readonly<Record<string, Action>> = {
  'save-settings': saveSettings,
  'restart-import': restartImport,
  'save-team': saveTeam,
  'delete-team': deleteTeam,
  'create-token': createToken,
  'revoke-token': revokeToken,
};

/** Does what the pressed button says; a request that only looks changes nothing. */
export async function runAction(request: PageRequest, dependencies: PagesDependencies): Promise<ActionResult> {
  const name = readOne(request.parameters, 'action') ?? '';
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  return action === undefined || !request.isPost || !request.caller.canWrite
    ? { outcome: null }
    : action(request, dependencies);
}

function done(title: string, text: string): ActionResult {
  return { outcome: { tone: 'success', title, text, secret: null } };
}

function refused(title: string, text = 'What you typed is kept below; the reason stands beside it.'): OutcomeView {
  return { tone: 'error', title, text, secret: null };
}

async function saveSettings(
  { caller, parameters }: PageRequest,
  { administration }: PagesDependencies,
): Promise<ActionResult> {
  const fields = readFields(parameters);
  const checked: { settings: WorkspaceSettings } | { errors: SettingsErrors } = checkFields(fields);
  if ('errors' in checked) {
    return { outcome: refused('The settings were not saved'), settings: { fields, errors: checked.errors } };
  }
  await administration.saveSettings(caller.workspace, checked.settings);
  return done('The settings are saved', 'They act on all history at once: every number is now computed with them.');
}

async function restartImport(
  { caller, parameters }: PageRequest,
  { administration, reporting }: PagesDependencies,
): Promise<ActionResult> {
  const uuid = readOne(parameters, 'repository');
  if (uuid === null) {
    await administration.restartImport(caller.workspace, null);
    return done('All repositories are imported again', 'What is already known stays and is brought up to date.');
  }
  const system = (await reporting.loadSystems(caller.workspace)).find((candidate) => candidate.uuid === uuid);
  if (system === undefined) {
    return { outcome: refused('Nothing was imported', 'This repository is not there.') };
  }
  await administration.restartImport(caller.workspace, uuid);
  return done(`${system.name} is imported again`, 'What is already known stays and is brought up to date.');
}

async function saveTeam({ caller, parameters }: PageRequest, dependencies: PagesDependencies): Promise<ActionResult> {
  const { administration, clock } = dependencies;
  const fields = readTeamFields(parameters);
  const [teams, people] = await Promise.all([
    administration.listTeams(caller.workspace),
    administration.listPeople(caller.workspace),
  ]);
  const checked = checkTeam(fields, { teams, people: people.map(({ uuid }) => uuid) }, clock.now());
  if ('problem' in checked) {
    return { outcome: refused('The team was not saved'), team: { fields, problem: checked.problem } };
  }
  await administration.saveTeam(caller.workspace, checked.team);
  return done(`The team ${fields.name} is saved`, 'It can be chosen in the filters now.');
}

async function deleteTeam(
  { caller, parameters }: PageRequest,
  { administration }: PagesDependencies,
): Promise<ActionResult> {
  const slug = readOne(parameters, 'slug') ?? '';
  const team = (await administration.listTeams(caller.workspace)).find(
    (candidate) => candidate.slug === slug && candidate.source === 'manual',
  );
  if (team === undefined) {
    return { outcome: refused('No team was deleted', 'This team is no longer there.') };
  }
  await administration.deleteTeam(caller.workspace, slug);
  return done(`The team ${team.name} is deleted`, 'It stays in the filters for the deployments it has.');
}

const longestName = 80;

async function createToken(
  { caller, parameters }: PageRequest,
  { administration }: PagesDependencies,
): Promise<ActionResult> {
  const name = (readOne(parameters, 'name') ?? '').trim();
  if (name === '' || name.length > longestName) {
    const problem = `A token has a name of 1 to ${longestName} characters, so that you know it again.`;
    return { outcome: refused('No token was made'), token: { name, problem } };
  }
  const scope = readOne(parameters, 'scope') === 'read_write' ? 'read_write' : 'read';
  const { token } = await administration.createToken(caller.workspace, { name, scope });
  const text =
    'Copy it now: it is shown this once and never again. Send it as "Authorization: Bearer" with each request.';
  return { outcome: { tone: 'success', title: `The token ${name} is made`, text, secret: token } };
}

async function revokeToken(
  { caller, parameters }: PageRequest,
  { administration }: PagesDependencies,
): Promise<ActionResult> {
  const id = readOne(parameters, 'id') ?? '';
  const token = (await administration.listTokens(caller.workspace)).find((candidate) => candidate.id === id);
  if (token === undefined) {
    return { outcome: refused('No token was revoked', 'This token is no longer there.') };
  }
  await administration.revokeToken(caller.workspace, id);
  return done(`The token ${token.name} is revoked`, 'It opens nothing any more.');
}
