import type { Team, TeamMember } from '../domain/team';
import type { WorkspaceSettings } from '../domain/workspace-settings';
import type { Stores } from '../store/stores';
import { planRepositoryImport, planWorkspaceImport, type ImportPlanParts } from './history-import/import-plan';

export interface AdministrationParts extends ImportPlanParts {
  /** Wakes the workers of this process. */
  readonly kick: () => void;
}

/** A team as an administrator writes it down; without a slug it is a new one. */
export interface ManualTeam {
  readonly slug: string | null;
  readonly name: string;
  readonly members: readonly TeamMember[];
}

/** What administrators of a workspace may change. Every change acts on all history at once. */
export interface Administration {
  saveSettings(workspace: string, settings: WorkspaceSettings): Promise<void>;
  /** Imports one repository anew, or with `null` the whole workspace. */
  restartImport(workspace: string, repositoryUuid: string | null): Promise<void>;
  /** Returns the slug of the team. */
  saveTeam(workspace: string, team: ManualTeam): Promise<string>;
  deleteTeam(workspace: string, slug: string): Promise<void>;
  /** The token is shown this once. */
  createToken(workspace: string, token: NewToken): Promise<{ id: string; token: string }>;
  revokeToken(workspace: string, id: string): Promise<void>;
  listTokens(workspace: string): Promise<readonly ListedToken[]>;
  /** Groups as Bitbucket lists them and teams kept by hand, with their members; deleted ones too. */
  listTeams(workspace: string): Promise<readonly Team[]>;
  /** Everybody seen as an author, reviewer or group member, by name. */
  listPeople(workspace: string): Promise<{ uuid: string; displayName: string | null }[]>;
}

/** A token as it is listed: what it is called and may do, never itself. */
export type ListedToken = Awaited<ReturnType<Stores['apiTokens']['list']>>[number];

export interface NewToken {
  readonly name: string;
  readonly scope: 'read' | 'read_write';
}

export function createAdministration(parts: AdministrationParts): Administration {
  const { stores, clock, kick } = parts;
  return {
    saveSettings: (workspace, settings) => stores.settings.save(workspace, settings),
    async restartImport(workspace, repositoryUuid) {
      if (repositoryUuid === null) await planWorkspaceImport(parts, workspace);
      else await planRepositoryImport(parts, workspace, repositoryUuid);
      kick();
    },
    saveTeam: (workspace, team) => stores.teams.saveManual(workspace, { ...team, members: [...team.members] }),
    deleteTeam: (workspace, slug) => stores.teams.deleteManual(workspace, slug, clock.now()),
    createToken: (workspace, token) => stores.apiTokens.create({ workspace, ...token, now: clock.now() }),
    async revokeToken(workspace, id) {
      await stores.apiTokens.revoke(workspace, id, clock.now());
    },
    listTokens: (workspace) => stores.apiTokens.list(workspace),
    listTeams: (workspace) => stores.teams.list(workspace),
    listPeople: (workspace) => stores.people.list(workspace),
  };
}
