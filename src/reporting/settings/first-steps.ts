import { isTeam } from '../../domain/teams/team';
import type { WorkspaceVersion } from '../version/workspace-version';

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

export function findFirstSteps({ workspace, known, progress }: WorkspaceVersion): FirstSteps {
  const { isConnected, isImporting, hasLiveNotice, hasSavedSettings } = progress;
  return {
    isConnected,
    isImported: workspace.importedSince !== null && !isImporting,
    hasLiveNotice,
    hasTeams: known.corrected.teams.some((team) => !team.isDeleted && isTeam(team)),
    hasSavedSettings,
  };
}
