import type { WorkspaceSettings } from '../../../../domain/settings/workspace-settings';
import type { Snapshot } from '../../../../reporting/snapshot';
import type { FormRequest, RoomsDependencies } from '../../../presentation/frame/page-dependencies';
import { runEdit, runPreview } from '../../../presentation/forms/edit';
import type { Action } from '../../../presentation/forms/form-action';
import { checkExclusions, exclusionsForm, normalizeExclusions } from './exclusions-form';
import { checkViewers, viewersForm } from '../viewers/viewers-form';
import { checkGeneral, generalForm, buildGeneral } from './general-form';
import { checkIncidentRules, incidentRulesForm } from './incident-rules-form';
import { viewersWords } from '../viewers/words';
import { exclusionWords, generalWords, incidentWords } from './words';

export const rulesActions: Readonly<Record<string, Action>> = {
  'save-general': async (request, dependencies) => {
    const { snapshot, save } = await prepare(request, dependencies);
    const { parameters } = request;
    return runEdit({
      form: generalForm,
      parameters,
      stored: buildGeneral(snapshot.settings),
      checked: checkGeneral(parameters),
      save,
      words: generalWords.outcome,
    });
  },
  'save-incident-rules': async (request, dependencies) => {
    const { snapshot, save } = await prepare(request, dependencies);
    const edit = buildIncidentEdit(request, snapshot);
    return runEdit({
      ...edit,
      save: (incidentRules) => save({ incidentRules }),
      words: incidentWords.outcome,
    });
  },
  'preview-incident-rules': async (request, { reporting }) =>
    runPreview(
      buildIncidentEdit(request, await reporting.open(request.caller.workspace, request.caller.sight.repositories)),
    ),
  'save-exclusions': async (request, dependencies) => {
    const { snapshot, save } = await prepare(request, dependencies);
    const edit = buildExclusionEdit(request, snapshot);
    return runEdit({
      ...edit,
      save: (exclusions) => save({ exclusions }),
      words: exclusionWords.outcome,
    });
  },
  'save-viewers': async (request, dependencies) => {
    const { snapshot, save } = await prepare(request, dependencies);
    const { parameters } = request;
    const checked = checkViewers(parameters);
    return runEdit({
      ...{ form: viewersForm, parameters, stored: snapshot.settings.viewersWithoutRights, checked },
      save: (viewersWithoutRights) => save({ viewersWithoutRights }),
      words: viewersWords.outcome,
    });
  },
  'preview-exclusions': previewExclusions,
  /** Shows more people to choose from; what they would take away is counted along. */
  'find-people': previewExclusions,
};

async function previewExclusions(request: FormRequest, { reporting }: RoomsDependencies) {
  return runPreview(
    buildExclusionEdit(request, await reporting.open(request.caller.workspace, request.caller.sight.repositories)),
  );
}

/** What is stored, and a way to save a part of the settings with the rest as it is. */
async function prepare({ caller }: FormRequest, { administration, reporting }: RoomsDependencies) {
  const snapshot = await reporting.open(caller.workspace, caller.sight.repositories);
  const save = (part: Partial<WorkspaceSettings>) =>
    administration.saveSettings(caller.workspace, { ...snapshot.settings, ...part });
  return { snapshot, save };
}

function buildIncidentEdit({ parameters }: FormRequest, { settings: { incidentRules: stored } }: Snapshot) {
  return { form: incidentRulesForm, parameters, stored, checked: checkIncidentRules(parameters) };
}

function buildExclusionEdit({ parameters }: FormRequest, snapshot: Snapshot) {
  const stored = normalizeExclusions(snapshot.settings.exclusions);
  return { form: exclusionsForm, parameters, stored, checked: checkExclusions(parameters, snapshot) };
}
