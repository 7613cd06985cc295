import type { CorrectionKind } from '../domain/corrections/correction';
import type { Team, TeamMember } from '../domain/teams/team';
import type { WorkspaceSettings } from '../domain/settings/workspace-settings';
import type { Stores } from '../store/stores';
import { planRepositoryImport, planWorkspaceImport, type ImportPlanParts } from '../ingestion/plans/import-plan';
import { loadFirstSteps, type FirstSteps } from '../ingestion/progress/first-steps';
import type { ImportStatusReader } from '../ingestion/progress/import-status';
import type { Administrators } from '../ingestion/record/administrators';

export type { FirstSteps };

export interface AdministrationParts extends ImportPlanParts {
  /** Wakes the workers of this process. */
  readonly kick: () => void;
  readonly administrators: Pick<Administrators, 'isAdministrator'>;
  readonly importStatus: Pick<ImportStatusReader, 'isImporting'>;
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
  /**
   * Whether a person administers the workspace; `null`: Bitbucket does not tell us. Reads Bitbucket at most once a
   * minute for somebody who is not known as an administrator, and every quarter of an hour for one who is.
   */
  isAdministrator(workspace: string, userUuid: string): Promise<boolean | null>;
  /** Writes a note down, or changes the one of that id; `false` when that one is no longer there. */
  saveNote(workspace: string, note: NewNote): Promise<boolean>;
  deleteNote(workspace: string, id: string): Promise<boolean>;
  /** `false` when a correction of the same kind and subject is in force already. */
  correct(workspace: string, correction: NewCorrection): Promise<boolean>;
  /** `false` when it is not there or undone already. */
  undoCorrection(workspace: string, id: string, by: string | null): Promise<boolean>;
  /**
   * Takes the once-only mark of a form: `true` the first time, `false` for a second click or a repeated request.
   */
  claimSubmission(workspace: string, mark: string): Promise<boolean>;
  /** Gives the mark back: what the form asked for could not be done, and may be asked again. */
  releaseSubmission(workspace: string, mark: string): Promise<void>;
  /** What a new workspace has done of the first steps. */
  loadFirstSteps(workspace: string): Promise<FirstSteps>;
  /** Everybody seen as an author, reviewer or group member, by name. */
  listPeople(workspace: string): Promise<{ uuid: string; displayName: string | null }[]>;
}

/** A token as it is listed: what it is called and may do, never itself. */
export type ListedToken = Awaited<ReturnType<Stores['apiTokens']['list']>>[number];

export interface NewToken {
  readonly name: string;
  readonly scope: 'read' | 'read_write';
}

export interface NewNote {
  /** `null`: a new one. */
  readonly id: string | null;
  /** Local date. */
  readonly date: string;
  readonly text: string;
  /** Uuid of the viewer; `null` where Bitbucket did not name one. */
  readonly by: string | null;
}

export interface NewCorrection {
  readonly kind: CorrectionKind;
  readonly subject: string;
  readonly target: string | null;
  readonly reason: string;
  readonly by: string | null;
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
    isAdministrator: (workspace, userUuid) => parts.administrators.isAdministrator(workspace, userUuid),
    ...createAmendments(parts),
    releaseSubmission: (workspace, mark) => stores.submissions.release(workspace, mark),
    claimSubmission: (workspace, mark) => stores.submissions.claim(workspace, { mark, now: clock.now() }),
    loadFirstSteps: (workspace) => loadFirstSteps(parts, workspace),
  };
}

type Amendments = Pick<Administration, 'saveNote' | 'deleteNote' | 'correct' | 'undoCorrection'>;

/** What is written beside the facts, each change with who made it and when. */
function createAmendments({ stores, clock }: AdministrationParts): Amendments {
  return {
    async saveNote(workspace, { id, ...note }) {
      const said = { ...note, now: clock.now() };
      if (id !== null) return stores.notes.edit(workspace, { id, ...said });
      await stores.notes.add(workspace, said);
      return true;
    },
    deleteNote: (workspace, id) => stores.notes.delete(workspace, id),
    async correct(workspace, { by, ...correction }) {
      const made = { ...correction, madeBy: by, madeAt: clock.now() };
      return (await stores.corrections.add(workspace, made)) !== null;
    },
    undoCorrection: (workspace, id, by) => stores.corrections.undo(workspace, { id, by, now: clock.now() }),
  };
}
