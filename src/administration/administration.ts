import type { Clock } from '../domain/clock';
import type { WorkspaceSettings } from '../domain/settings/workspace-settings';
import type { Stores } from '../store/stores';
import { createCorrecting, type Correcting } from './corrections';
import { createNoteKeeping, type NoteKeeping } from './notes';
import { createSubmissions, type Submissions } from './submissions';
import { createTeamKeeping, type TeamKeeping } from './teams';
import { createTokenKeeping, type TokenKeeping } from './tokens';

/** What administrators of a workspace may change. Every change acts on all history at once. */
export interface Administration extends TeamKeeping, TokenKeeping, NoteKeeping, Correcting, Submissions {
  saveSettings(workspace: string, settings: WorkspaceSettings): Promise<void>;
}

export type AdministrationStores = Pick<
  Stores,
  'settings' | 'teams' | 'apiTokens' | 'notes' | 'corrections' | 'submissions'
>;

export function createAdministration(stores: AdministrationStores, clock: Clock): Administration {
  return {
    saveSettings: (workspace, settings) => stores.settings.save(workspace, settings),
    ...createTeamKeeping(stores.teams, clock),
    ...createTokenKeeping(stores.apiTokens, clock),
    ...createNoteKeeping(stores.notes, clock),
    ...createCorrecting(stores.corrections, clock),
    ...createSubmissions(stores.submissions, clock),
  };
}
