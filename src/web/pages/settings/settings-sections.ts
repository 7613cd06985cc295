import type { WorkspaceSettings } from '../../../domain/settings/workspace-settings';
import type { ImportStatus } from '../../../ingestion/progress/import-status';
import { correctionForm } from './corrections/correction-form';
import { toCorrectionsView } from './corrections/corrections-view';
import { findTyped, type ActionResult } from '../../presentation/forms/form-action';
import { noteForm } from './notes/note-form';
import { toNotesView } from './notes/notes-view';
import type { PageRequest, PagesDependencies } from '../../presentation/frame/page-dependencies';
import type { PageParameters } from '../../presentation/filter/page-filter';
import { checkExclusions, exclusionsForm } from './rules/exclusions-form';
import { toExclusionsView } from './rules/exclusions-view';
import { generalForm, toGeneral, toGeneralView } from './rules/general-form';
import { checkIncidentRules, incidentRulesForm } from './rules/incident-rules-form';
import { toIncidentPreviewView, toIncidentRulesView } from './rules/incident-rules-view';
import { teamForm } from './teams/team-form';
import { toTeamsView } from './teams/teams-view';
import { tokenForm } from './tokens/token-actions';
import { toTokensView } from './tokens/tokens-view';
import { toImportView } from './import/import-view';
import type { SettingsSections } from './settings-view';

/** What the sections are made of, beside what they load themselves. */
export interface SectionsMaterial {
  readonly request: PageRequest;
  readonly dependencies: PagesDependencies;
  readonly settings: WorkspaceSettings;
  readonly status: ImportStatus;
  readonly result: ActionResult;
  /** Which form a link asks to be open. */
  readonly open: OpenForm | null;
  /** What a link fills into the form of a correction. */
  readonly prefilled: PageParameters;
}

export interface OpenForm {
  readonly kind: string;
  /** Of what it edits; `''`: of something new. */
  readonly key: string;
}

/** "team:core", "note:7", "team:" for a new team; anything else opens nothing. */
export function readOpenForm(text: string | null): OpenForm | null {
  const [, kind, key = ''] = /^(team|note):(.*)$/su.exec(text ?? '') ?? [];
  return kind === undefined ? null : { kind, key };
}

/** Every section of the page as it is now, with what was typed where it could not be done. */
export async function loadSections(material: SectionsMaterial): Promise<SettingsSections> {
  const { dependencies, request, result, settings, status, prefilled } = material;
  const { administration, reporting, clock } = dependencies;
  const { workspace } = request.caller;
  const { timezone } = settings;
  const [incidentRules, exclusions, teams, tokens, corrections, notes] = await Promise.all([
    loadIncidentRules(material),
    loadExclusions(material),
    loadTeams(material),
    administration.listTokens(workspace),
    reporting.loadCorrections(workspace),
    reporting.loadNotes(workspace),
  ]);
  return {
    import: toImportView(status, { now: clock.now(), timezone }),
    general: toGeneralView(toGeneral(settings), findTyped(result, generalForm)),
    incidentRules,
    exclusions,
    teams,
    tokens: toTokensView(tokens, findTyped(result, tokenForm), timezone),
    corrections: toCorrectionsView({
      corrections,
      timezone,
      typed: findTyped(result, correctionForm),
      prefilled,
    }),
    notes: toNotesView({
      notes,
      timezone,
      typed: findTyped(result, noteForm),
      open: findOpen(material, noteForm),
      toFormHref: toFormHref(dependencies, noteForm),
    }),
  };
}

function findOpen({ open }: SectionsMaterial, kind: string): string | null {
  return open?.kind === kind ? open.key : null;
}

function toFormHref({ links }: PagesDependencies, kind: string): (key: string) => string {
  return (key) => links.page('settings', { edit: `${kind}:${key}` });
}

async function loadIncidentRules({ request, dependencies, result, settings }: SectionsMaterial) {
  const typed = findTyped(result, incidentRulesForm);
  const checked = typed?.isPreview === true ? checkIncidentRules(typed.parameters) : null;
  const preview =
    checked !== null && 'value' in checked
      ? await dependencies.reporting.previewIncidentRules(request.caller.workspace, checked.value)
      : null;
  const { timezone, incidentRules } = settings;
  return toIncidentRulesView(incidentRules, typed, preview === null ? null : toIncidentPreviewView(preview, timezone));
}

async function loadExclusions({ request, dependencies, result, settings }: SectionsMaterial) {
  const { administration, reporting } = dependencies;
  const { workspace } = request.caller;
  const rules = settings.exclusions;
  const typed = findTyped(result, exclusionsForm);
  const [people, systems, counts] = await Promise.all([
    administration.listPeople(workspace),
    reporting.loadSystems(workspace),
    reporting.countExclusions(workspace, rules),
  ]);
  const known = {
    people: [...people.map(({ uuid }) => uuid), ...rules.people],
    repositories: [...systems.map(({ uuid }) => uuid), ...rules.repositories],
  };
  const checked = typed?.isPreview === true ? checkExclusions(typed.parameters, known) : null;
  const tried =
    checked !== null && 'value' in checked ? await reporting.countExclusions(workspace, checked.value) : null;
  return toExclusionsView({ rules, typed, people, systems, counts, tried });
}

async function loadTeams(material: SectionsMaterial) {
  const { request, dependencies, result, settings, status } = material;
  const { administration, clock } = dependencies;
  const { workspace } = request.caller;
  const [teams, people] = await Promise.all([
    administration.listTeams(workspace),
    administration.listPeople(workspace),
  ]);
  return toTeamsView({
    teams,
    people,
    groups: status.groups,
    timezone: settings.timezone,
    now: clock.now(),
    typed: findTyped(result, teamForm),
    open: findOpen(material, teamForm),
    toFormHref: toFormHref(dependencies, teamForm),
  });
}
