import {
  defaultWorkspaceSettings,
  levelTables,
  type LevelTable,
  type WorkspaceSettings,
} from '../../domain/settings/workspace-settings';
import type { Database } from '../database/database';
import { fromLines, toLines } from '../database/lines';
import type { Transaction } from '../database/transaction';
import { workspaceSettings, type WorkspaceSettingsRow } from '../schema/workspaces';
import { WorkspaceStore } from './workspace-store';

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
    const row = await this.#database.findOne(workspaceSettings, { workspace }, tx);
    return row === null ? defaultWorkspaceSettings : toSettings(row);
  }

  /** No prefix, pattern or uuid may be empty or hold a line break; the workspace must be known. */
  async save(workspace: string, settings: WorkspaceSettings, tx?: Transaction): Promise<void> {
    await this.#database.within(tx, async (own) => {
      await this.#workspaces.bumpVersion(workspace, own);
      await this.#database.insert(workspaceSettings, [toRow(workspace, settings)], {
        onConflict: 'overwrite',
        tx: own,
      });
    });
  }
}

function toRow(workspace: string, settings: WorkspaceSettings) {
  const { timezone, levels, incidentRules, exclusions, viewersWithoutRights } = settings;
  return {
    workspace,
    timezone,
    levels,
    incidentsByRevert: incidentRules.revert,
    branchPrefixes: toLines(incidentRules.branchPrefixes),
    titlePrefixes: toLines(incidentRules.titlePrefixes),
    excludedPeople: toLines(exclusions.people),
    botPatterns: toLines(exclusions.bots),
    excludedRepositories: toLines(exclusions.repositories),
    viewersWithoutRights,
  };
}

function toSettings(row: WorkspaceSettingsRow): WorkspaceSettings {
  return {
    timezone: row.timezone,
    levels: levelTables.find((table): table is LevelTable => table === row.levels) ?? defaultWorkspaceSettings.levels,
    incidentRules: {
      revert: row.incidentsByRevert,
      branchPrefixes: fromLines(row.branchPrefixes),
      titlePrefixes: fromLines(row.titlePrefixes),
    },
    exclusions: {
      people: fromLines(row.excludedPeople),
      bots: fromLines(row.botPatterns),
      repositories: fromLines(row.excludedRepositories),
    },
    viewersWithoutRights: row.viewersWithoutRights,
  };
}
