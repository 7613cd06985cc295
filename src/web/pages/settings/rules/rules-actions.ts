import type { WorkspaceSettings } from '../../../../domain/settings/workspace-settings';
import type { Snapshot } from '../../../../reporting/snapshot';
import type { FormRequest, RoomsDependencies } from '../../../presentation/frame/page-dependencies';
import { runEdit, runPreview, type Edit } from '../../../presentation/forms/edit';
import type { Action } from '../../../presentation/forms/form-action';
import { checkExclusions, exclusionsForm, normalizeExclusions } from './exclusions-form';
import { checkViewers, viewersForm } from '../viewers/viewers-form';
import { checkGeneral, generalForm, buildGeneral } from './general-form';
import { checkIncidentRules, incidentRulesForm } from './incident-rules-form';

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
      words: buildWords('time zone and levels'),
    });
  },
  'save-incident-rules': async (request, dependencies) => {
    const { snapshot, save } = await prepare(request, dependencies);
    const edit = buildIncidentEdit(request, snapshot);
    return runEdit({
      ...edit,
      save: (incidentRules) => save({ incidentRules }),
      words: buildWords('rules of incidents'),
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
      words: buildWords('rules of who is left out'),
    });
  },
  'save-viewers': async (request, dependencies) => {
    const { snapshot, save } = await prepare(request, dependencies);
    const { parameters } = request;
    const checked = checkViewers(parameters);
    return runEdit({
      ...{ form: viewersForm, parameters, stored: snapshot.settings.viewersWithoutRights, checked },
      save: (viewersWithoutRights) => save({ viewersWithoutRights }),
      words: {
        ...buildWords('choice of who sees what'),
        refused: 'The choice of who sees what was not saved',
        text: 'It holds from the next page that anybody opens.',
      },
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

function buildWords(what: string): Edit<unknown>['words'] {
  return {
    refused: `The ${what} were not saved`,
    saved: 'The settings are saved',
    text: `The ${what} act on all history at once: every number is now computed with them.`,
  };
}
