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
export interface TeamKeeping {
  /** Returns the slug of the team. */
  saveTeam(workspace: string, team: ManualTeam): Promise<string>;
  deleteTeam(workspace: string, slug: string): Promise<void>;
}

export function createTeamKeeping(teams: Stores['teams'], clock: Clock): TeamKeeping {
  return {
    saveTeam: (workspace, team) => teams.saveManual(workspace, team),
    deleteTeam: (workspace, slug) => teams.deleteManual(workspace, slug, clock.now()),
  };
}
