import type { ListedToken } from '../../../administration/tokens';
import type { ImportStatus } from '../../../ingestion/progress/import-status';
import { correctionForm } from './corrections/correction-form';
import { buildCorrectionsView } from './corrections/corrections-view';
import { findTyped, type ActionResult } from '../../presentation/forms/form-action';
import { noteForm } from './notes/note-form';
import { buildNotesView } from './notes/notes-view';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import type { Links } from '../../routing/paths';
import type { PageParameters } from '../../presentation/filter/page-filter';
import { checkExclusions, exclusionsForm } from './rules/exclusions-form';
import { buildExclusionsView } from './rules/exclusions-view';
import { generalForm, buildGeneral, buildGeneralView } from './rules/general-form';
import { checkIncidentRules, incidentRulesForm } from './rules/incident-rules-form';
import { buildIncidentPreviewView, buildIncidentRulesView } from './rules/incident-rules-view';
import { teamForm } from './teams/team-form';
import { buildTeamsView } from './teams/teams-view';
import { tokenForm } from './tokens/token-actions';
import { buildTokensView } from './tokens/tokens-view';
import { buildImportView } from './import/import-view';
import type { SettingsSections } from './settings-view';

/** What the sections are made of. */
export interface SectionsMaterial {
  readonly links: Links;
  readonly snapshot: WholeSnapshot;
  readonly status: ImportStatus;
  readonly tokens: readonly ListedToken[];
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
export function buildSections(material: SectionsMaterial): SettingsSections {
  const { links, snapshot, result, status, tokens, prefilled } = material;
  const { settings, now } = snapshot;
  const { timezone } = settings;
  return {
    import: buildImportView(status, { now, timezone }),
    general: buildGeneralView(buildGeneral(settings), findTyped(result, generalForm)),
    incidentRules: buildIncidentRules(material),
    exclusions: buildExclusions(material),
    teams: buildTeamsView({
      ...{ teams: snapshot.teams, people: snapshot.people, groups: status.groups, timezone, now },
      typed: findTyped(result, teamForm),
      open: findOpen(material, teamForm),
      toFormHref: buildFormHref(links, teamForm),
    }),
    tokens: buildTokensView(tokens, findTyped(result, tokenForm), timezone),
    corrections: buildCorrectionsView({
      corrections: snapshot.listCorrections(),
      timezone,
      typed: findTyped(result, correctionForm),
      prefilled,
    }),
    notes: buildNotesView({
      notes: snapshot.listNotes(),
      timezone,
      typed: findTyped(result, noteForm),
      open: findOpen(material, noteForm),
      toFormHref: buildFormHref(links, noteForm),
    }),
  };
}

function findOpen({ open }: SectionsMaterial, kind: string): string | null {
  return open?.kind === kind ? open.key : null;
}

function buildFormHref(links: Links, kind: string): (key: string) => string {
  return (key) => links.page('settings', { edit: `${kind}:${key}` });
}

function buildIncidentRules({ snapshot, result }: SectionsMaterial) {
  const { timezone, incidentRules } = snapshot.settings;
  const typed = findTyped(result, incidentRulesForm);
  const checked = typed?.isPreview === true ? checkIncidentRules(typed.parameters) : null;
  const preview = checked !== null && 'value' in checked ? snapshot.previewIncidentRules(checked.value) : null;
  return buildIncidentRulesView(
    incidentRules,
    typed,
    preview === null ? null : buildIncidentPreviewView(preview, timezone),
  );
}

function buildExclusions({ snapshot, result }: SectionsMaterial) {
  const { people, systems, settings } = snapshot;
  const rules = settings.exclusions;
  const typed = findTyped(result, exclusionsForm);
  const known = {
    people: [...people.map(({ uuid }) => uuid), ...rules.people],
    repositories: [...systems.map(({ uuid }) => uuid), ...rules.repositories],
  };
  const checked = typed?.isPreview === true ? checkExclusions(typed.parameters, known) : null;
  const tried = checked !== null && 'value' in checked ? snapshot.countExclusions(checked.value) : null;
  return buildExclusionsView({ rules, typed, people, systems, counts: snapshot.countExclusions(rules), tried });
}
