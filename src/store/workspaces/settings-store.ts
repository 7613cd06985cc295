import {
  defaultWorkspaceSettings,
  levelTables,
  type LevelTable,
  type WorkspaceSettings,
} from '../../domain/settings/workspace-settings';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { WorkspaceStore } from './workspace-store';

interface SettingsRow {
  readonly timezone: string;
  readonly levels: string;
  readonly incidents_by_revert: number;
  readonly branch_prefixes: string;
  readonly title_prefixes: string;
  readonly excluded_people: string;
  readonly bot_patterns: string;
  readonly excluded_repositories: string;
}

const chosen = `timezone, levels, incidents_by_revert, branch_prefixes, title_prefixes, excluded_people, bot_patterns,
  excluded_repositories`;

/** What the administrators of a workspace chose. */
export class SettingsStore {
  readonly #database: Database;
  readonly #workspaces: WorkspaceStore;

  constructor(database: Database) {
    this.#database = database;
    this.#workspaces = new WorkspaceStore(database);
  }

  /** The defaults where nothing was chosen. */
  async get(workspace: string, tx?: Transaction): Promise<WorkspaceSettings> {
    const row = await this.#database.readOne<SettingsRow>(
      `SELECT ${chosen} FROM workspace_settings WHERE workspace = $1`,
      [workspace],
      tx,
    );
    return row === null ? defaultWorkspaceSettings : toSettings(row);
  }

  /** Whether they were ever saved, if only as they are by default. */
  async wereSaved(workspace: string, tx?: Transaction): Promise<boolean> {
    const row = await this.#database.readOne(
      'SELECT workspace FROM workspace_settings WHERE workspace = $1',
      [workspace],
      tx,
    );
    return row !== null;
  }

  /** No prefix, pattern or uuid may be empty or hold a line break; the workspace must be known. */
  async save(workspace: string, settings: WorkspaceSettings, tx?: Transaction): Promise<void> {
    await this.#database.within(tx, async (own) => {
      await this.#workspaces.bumpVersion(workspace, own);
      await this.#database.write(
        `INSERT INTO workspace_settings (workspace, ${chosen}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (workspace) DO UPDATE SET timezone = excluded.timezone, levels = excluded.levels,
           incidents_by_revert = excluded.incidents_by_revert, branch_prefixes = excluded.branch_prefixes,
           title_prefixes = excluded.title_prefixes, excluded_people = excluded.excluded_people,
           bot_patterns = excluded.bot_patterns, excluded_repositories = excluded.excluded_repositories`,
        [
          workspace,
          settings.timezone,
          settings.levels,
          settings.incidentRules.revert ? 1 : 0,
          toLines(settings.incidentRules.branchPrefixes),
          toLines(settings.incidentRules.titlePrefixes),
          toLines(settings.exclusions.people),
          toLines(settings.exclusions.bots),
          toLines(settings.exclusions.repositories),
        ],
        own,
      );
    });
  }
}

function toSettings(row: SettingsRow): WorkspaceSettings {
  return {
    timezone: row.timezone,
    levels: levelTables.find((table): table is LevelTable => table === row.levels) ?? defaultWorkspaceSettings.levels,
    incidentRules: {
      revert: row.incidents_by_revert === 1,
      branchPrefixes: fromLines(row.branch_prefixes),
      titlePrefixes: fromLines(row.title_prefixes),
    },
    exclusions: {
      people: fromLines(row.excluded_people),
      bots: fromLines(row.bot_patterns),
      repositories: fromLines(row.excluded_repositories),
    },
  };
}

function toLines(values: readonly string[]): string {
  if (values.some((value) => /[\r\n]/u.test(value) || value === '')) {
    throw new Error('A prefix, pattern or uuid is empty or holds a line break.');
  }
  return values.join('\n');
}

function fromLines(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}
