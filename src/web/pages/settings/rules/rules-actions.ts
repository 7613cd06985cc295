import type { WorkspaceSettings } from '../../../../domain/settings/workspace-settings';
import type { PageRequest, PagesDependencies } from '../../../presentation/frame/page-dependencies';
import { runEdit, runPreview, type Edit } from '../../../presentation/forms/edit';
import type { Action } from '../../../presentation/forms/form-action';
import { checkExclusions, exclusionsForm, normalizeExclusions, type Excludable } from './exclusions-form';
import { checkGeneral, generalForm, toGeneral } from './general-form';
import { checkIncidentRules, incidentRulesForm } from './incident-rules-form';
import { loadStoredSettings } from './stored-settings';

export const rulesActions: Readonly<Record<string, Action>> = {
  'save-general': async (request, dependencies) => {
    const { settings, save } = await prepare(request, dependencies);
    const { parameters } = request;
    return runEdit({
      form: generalForm,
      parameters,
      stored: toGeneral(settings),
      checked: checkGeneral(parameters),
      save,
      words: toWords('time zone and levels'),
    });
  },
  'save-incident-rules': async (request, dependencies) => {
    const { settings, save } = await prepare(request, dependencies);
    const edit = toIncidentEdit(request, settings);
    return runEdit({
      ...edit,
      save: (incidentRules) => save({ incidentRules }),
      words: toWords('rules of incidents'),
    });
  },
  'preview-incident-rules': async (request, { reporting }) =>
    runPreview(toIncidentEdit(request, await loadStoredSettings(request.caller.workspace, reporting))),
  'save-exclusions': async (request, dependencies) => {
    const { settings, save } = await prepare(request, dependencies);
    const edit = await toExclusionEdit(request, dependencies, settings);
    return runEdit({ ...edit, save: (exclusions) => save({ exclusions }), words: toWords('rules of who is left out') });
  },
  'preview-exclusions': previewExclusions,
  /** Shows more people to choose from; what they would take away is counted along. */
  'find-people': previewExclusions,
};

async function previewExclusions(request: PageRequest, dependencies: PagesDependencies) {
  const settings = await loadStoredSettings(request.caller.workspace, dependencies.reporting);
  return runPreview(await toExclusionEdit(request, dependencies, settings));
}

/** The stored settings, and a way to save a part of them with the rest as it is. */
async function prepare({ caller }: PageRequest, { administration, reporting }: PagesDependencies) {
  const settings = await loadStoredSettings(caller.workspace, reporting);
  const save = (part: Partial<WorkspaceSettings>) =>
    administration.saveSettings(caller.workspace, { ...settings, ...part });
  return { settings, save };
}

function toIncidentEdit({ parameters }: PageRequest, { incidentRules: stored }: WorkspaceSettings) {
  return { form: incidentRulesForm, parameters, stored, checked: checkIncidentRules(parameters) };
}

async function toExclusionEdit(
  { caller, parameters }: PageRequest,
  dependencies: PagesDependencies,
  { exclusions }: WorkspaceSettings,
) {
  const stored = normalizeExclusions(exclusions);
  const known = withStored(await loadExcludable(caller.workspace, dependencies), stored);
  return { form: exclusionsForm, parameters, stored, checked: checkExclusions(parameters, known) };
}

async function loadExcludable(
  workspace: string,
  { administration, reporting }: PagesDependencies,
): Promise<Excludable> {
  const [people, systems] = await Promise.all([administration.listPeople(workspace), reporting.loadSystems(workspace)]);
  return { people: people.map(({ uuid }) => uuid), repositories: systems.map(({ uuid }) => uuid) };
}

function withStored(known: Excludable, stored: Excludable): Excludable {
  return {
    people: [...known.people, ...stored.people],
    repositories: [...known.repositories, ...stored.repositories],
  };
}

function toWords(what: string): Edit<unknown>['words'] {
  return {
    refused: `The ${what} were not saved`,
    saved: 'The settings are saved',
    text: `The ${what} act on all history at once: every number is now computed with them.`,
  };
}
