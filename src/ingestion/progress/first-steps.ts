import { smallestTeam, type Team } from '../../domain/teams/team';
import type { Stores } from '../../store/stores';
import type { ImportStatusReader } from './import-status';

/** The steps of getting started, each ticked off by what is stored. */
export interface FirstSteps {
  readonly isConnected: boolean;
  readonly isImported: boolean;
  /** A notice of Bitbucket's has come since it was connected, and was understood. */
  readonly hasLiveNotice: boolean;
  /** There is a group of two or more, or a team kept by hand. */
  readonly hasTeams: boolean;
  /** The settings were looked through and saved. */
  readonly hasSavedSettings: boolean;
}

export interface FirstStepsParts {
  readonly stores: Stores;
  readonly importStatus: Pick<ImportStatusReader, 'isImporting'>;
}

export async function loadFirstSteps(
  { stores, importStatus }: FirstStepsParts,
  workspace: string,
): Promise<FirstSteps> {
  const [connection, stored, isImporting, lastNoticeAt, teams, hasSavedSettings] = await Promise.all([
    stores.connections.getLive(workspace),
    stores.workspaces.get(workspace),
    importStatus.isImporting(workspace),
    stores.notices.lastDoneAt(workspace),
    stores.teams.list(workspace),
    stores.settings.wereSaved(workspace),
  ]);
  return {
    isConnected: connection !== null,
    isImported: stored !== null && stored.importedSince !== null && !isImporting,
    hasLiveNotice: connection !== null && lastNoticeAt !== null && lastNoticeAt >= connection.installedAt,
    hasTeams: teams.some(isLiveTeam),
    hasSavedSettings,
  };
}

function isLiveTeam({ source, isDeleted, members }: Team): boolean {
  return !isDeleted && (source !== 'group' || members.length >= smallestTeam);
}
