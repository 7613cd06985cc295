import { levelTables } from '../../../domain/workspace-settings';
import type { Links } from '../../paths';
import type { ListedToken } from '../../../ingestion/administration';
import type { Choice } from '../overview/filter-view';
import { toDateTime } from '../words/dates';
import { toTableName } from '../words/levels';
import { toCounted } from '../words/numbers';
import type { ImportView } from './import-view';
import type { SettingsErrors, SettingsFields } from './settings-form';
import type { TeamsView } from './teams-view';

/** What came of the last button, shown at the top. */
export interface OutcomeView {
  readonly tone: 'success' | 'error';
  readonly title: string;
  readonly text: string;
  /** A new API token: shown this once. */
  readonly secret: string | null;
}

export interface SettingsView {
  readonly title: string;
  readonly workspace: string;
  readonly action: string;
  readonly outcome: OutcomeView | null;
  /** Which workspace, what is read and how long it takes: shown until the import is done. */
  readonly confirmation: readonly string[];
  readonly disconnected: boolean;
  readonly import: ImportView;
  readonly form: {
    readonly fields: SettingsFields;
    readonly errors: SettingsErrors;
    readonly timezones: readonly Choice[];
    readonly levels: readonly Choice[];
  };
  readonly teams: TeamsView;
  readonly tokens: {
    readonly list: readonly TokenView[];
    readonly name: string;
    readonly error: string | null;
  };
}

export interface TokenView {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly created: string;
  /** `null`: still good. */
  readonly revoked: string | null;
}

export interface SettingsParts extends Pick<SettingsView, 'import' | 'teams' | 'outcome' | 'disconnected'> {
  readonly workspace: string;
  readonly importDays: number | null;
  readonly fields: SettingsFields;
  readonly errors: SettingsErrors;
  readonly tokens: readonly ListedToken[];
  readonly tokenName: string;
  readonly tokenError: string | null;
  readonly isImporting: boolean;
  readonly timezone: string;
}

/** The settings page: words only. */
export function toSettingsView(parts: SettingsParts, links: Links): SettingsView {
  const { fields, errors, outcome, disconnected, teams, workspace } = parts;
  return {
    title: 'Drumbeat settings',
    workspace,
    action: links.page('settings'),
    outcome,
    confirmation: parts.isImporting ? toConfirmation(parts) : [],
    disconnected,
    import: parts.import,
    form: { fields, errors, timezones: toTimezones(fields.timezone), levels: toLevels(fields.levels) },
    teams,
    tokens: {
      list: parts.tokens.map((token) => toToken(token, parts.timezone)),
      name: parts.tokenName,
      error: parts.tokenError,
    },
  };
}

function toConfirmation({ workspace, importDays }: SettingsParts): string[] {
  const depth = importDays === null ? '' : ` updated in the last ${toCounted(importDays, 'day')}`;
  return [
    `Drumbeat is connected to the workspace ${workspace}. It only reads: nothing in Bitbucket is changed.`,
    `Of every repository it now imports the pull requests${depth} and all open ones, with their commits, approvals, comments and sizes, and the groups of the workspace. It keeps no source code.`,
    'Small workspaces take minutes, large ones some hours: Bitbucket limits the requests per hour. The pages can be used meanwhile; newest pull requests come first.',
  ];
}

function toTimezones(chosen: string): Choice[] {
  const names = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')];
  const all = names.includes(chosen) || chosen === '' ? names : [chosen, ...names];
  return all.map((name) => ({ value: name, text: name.replaceAll('_', ' '), isChosen: name === chosen }));
}

function toLevels(chosen: string): Choice[] {
  return levelTables.map((table) => ({ value: table, text: toTableName(table), isChosen: table === chosen }));
}

function toToken({ id, name, scope, createdAt, revokedAt }: ListedToken, timezone: string): TokenView {
  return {
    id,
    name,
    scope: scope === 'read' ? 'Read' : 'Read and write',
    created: toDateTime(createdAt, timezone),
    revoked: revokedAt === null ? null : toDateTime(revokedAt, timezone),
  };
}
