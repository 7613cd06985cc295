import type { Clock } from '../domain/clock';
import type { TeamMember } from '../domain/teams/team';
import type { Stores } from '../store/stores';

/** A team as an administrator writes it down; without a slug it is a new one. */
export interface ManualTeam {
  readonly slug: string | null;
  readonly name: string;
  readonly members: readonly TeamMember[];
}

/** The teams kept by hand. */
export function createTeamKeeping(teams: Stores['teams'], clock: Clock) {
  return {
    /** Returns the slug of the team. */
    saveTeam: (workspace: string, team: ManualTeam): Promise<string> => teams.saveManual(workspace, team),
    deleteTeam: (workspace: string, slug: string): Promise<void> => teams.deleteManual(workspace, slug, clock.now()),
  };
}
