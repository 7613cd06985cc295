import type { Clock } from '../domain/clock';
import type { WorkspaceSettings } from '../domain/settings/workspace-settings';
import type { Stores } from '../store/stores';
import { createCorrecting } from './corrections';
import { createNoteKeeping } from './notes';
import { createSubmissions } from './submissions';
import { createTeamKeeping } from './teams';
import { createTokenKeeping } from './tokens';
import { createViewKeeping } from './views';

/** What administrators of a workspace may change. Every change acts on all history at once. */
export type Administration = ReturnType<typeof createAdministration>;

type AdministrationStores = Pick<
  Stores,
  'settings' | 'teams' | 'apiTokens' | 'notes' | 'corrections' | 'submissions' | 'views'
>;

export function createAdministration(stores: AdministrationStores, clock: Clock) {
  return {
    saveSettings: (workspace: string, settings: WorkspaceSettings) => stores.settings.save(workspace, settings),
    ...createTeamKeeping(stores.teams, clock),
    ...createTokenKeeping(stores.apiTokens, clock),
    ...createNoteKeeping(stores.notes, clock),
    ...createViewKeeping(stores.views, clock),
    ...createCorrecting(stores.corrections, clock),
    ...createSubmissions(stores.submissions, clock),
  };
}
