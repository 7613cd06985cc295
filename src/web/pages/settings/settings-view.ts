import type { CorrectionsView } from './corrections/corrections-view';
import type { OutcomeView } from '../../presentation/forms/form-action';
import type { NotesView } from './notes/notes-view';
import type { MessageView } from '../../presentation/frame/state-view';
import type { ExclusionsView } from './rules/exclusions-view';
import type { GeneralView } from './rules/general-form';
import type { IncidentRulesView } from './rules/incident-rules-view';
import type { TeamsView } from './teams/teams-view';
import type { TokensView } from './tokens/tokens-view';
import { formatCounted } from '../../presentation/format/numbers';
import type { ImportView } from './import/import-view';

/** The settings page: words only. */
export interface SettingsView extends SettingsSections {
  readonly title: string;
  readonly workspace: string;
  /** Where all its forms go. */
  readonly action: string;
  /** For the forms that make something: each is done once. */
  readonly mark: string;
  readonly outcome: OutcomeView | null;
  readonly messages: readonly MessageView[];
  /** Which workspace, what is read and how long it takes: shown until the import is done. */
  readonly confirmation: readonly string[];
}

export interface SettingsSections {
  readonly import: ImportView;
  readonly general: GeneralView;
  readonly incidentRules: IncidentRulesView;
  readonly exclusions: ExclusionsView;
  readonly teams: TeamsView;
  readonly tokens: TokensView;
  readonly corrections: CorrectionsView;
  readonly notes: NotesView;
}

export interface SettingsParts {
  readonly sections: SettingsSections;
  readonly workspace: string;
  readonly action: string;
  readonly mark: string;
  readonly outcome: OutcomeView | null;
  readonly importDays: number | null;
  readonly isImporting: boolean;
  readonly isConnected: boolean;
  readonly isKnownAdministrator: boolean;
  /** A link has filled in the form of a correction. */
  readonly isPrefilled: boolean;
}

export function buildSettingsView(parts: SettingsParts): SettingsView {
  const { sections, workspace, action, mark, outcome, isImporting } = parts;
  return {
    ...sections,
    title: 'Drumbeat settings',
    workspace,
    action,
    mark,
    outcome,
    messages: buildMessages(parts),
    confirmation: isImporting ? buildConfirmation(parts) : [],
  };
}

const disconnected: MessageView = {
  tone: 'error',
  title: 'Drumbeat is not connected',
  text: 'Bitbucket does not let Drumbeat read this workspace any more. An owner of the workspace installs it again; what was imported is kept.',
  step: null,
};
const unknownAdministrator: MessageView = {
  tone: 'information',
  title: 'Drumbeat does not know who administers this workspace',
  text: 'Bitbucket did not tell. It shows this page to administrators alone, so whoever sees it may change what is below.',
  step: null,
};
const prefilled: MessageView = {
  tone: 'information',
  title: 'A correction is filled in below',
  text: 'Nothing is changed yet: look for "Corrections", say why, and make it.',
  step: null,
};

function buildMessages({ isConnected, isKnownAdministrator, isPrefilled }: SettingsParts): MessageView[] {
  return [
    ...(isConnected ? [] : [disconnected]),
    ...(isPrefilled ? [prefilled] : []),
    ...(isKnownAdministrator ? [] : [unknownAdministrator]),
  ];
}

function buildConfirmation({ workspace, importDays }: SettingsParts): string[] {
  const depth = importDays === null ? '' : ` updated in the last ${formatCounted(importDays, 'day')}`;
  return [
    `Drumbeat is connected to the workspace ${workspace}. It only reads: nothing in Bitbucket is changed.`,
    `Of every repository it now imports the pull requests${depth} and all open ones, with their commits, approvals, comments and sizes, and the groups of the workspace. It keeps no source code.`,
    'Small workspaces take minutes, large ones some hours: Bitbucket limits the requests per hour. The pages can be used meanwhile; newest pull requests come first.',
  ];
}
