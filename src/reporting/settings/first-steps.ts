import { isTeam } from '../../domain/teams/team';
import type { ImportProgress } from '../version/import-progress';
import type { WorkspaceVersion } from '../version/workspace-version';

/** The steps of getting started, each ticked off by what is stored. */
export interface FirstSteps extends Pick<ImportProgress, 'isConnected' | 'hasLiveNotice' | 'hasSavedSettings'> {
  readonly isImported: boolean;
  /** There is a group of two or more, or a team kept by hand. */
  readonly hasTeams: boolean;
}

export function findFirstSteps({ workspace, known, progress }: WorkspaceVersion): FirstSteps {
  const { isConnected, isImporting, hasLiveNotice, hasSavedSettings } = progress;
  return {
    isConnected,
    isImported: workspace.importedSince !== null && !isImporting,
    hasLiveNotice,
    hasTeams: known.teams.some((team) => !team.isDeleted && isTeam(team)),
    hasSavedSettings,
  };
}
