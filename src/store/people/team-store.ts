import type { Instant } from '../../domain/instant';
import {
  endTeam,
  pickManualSlug,
  replaceGroups,
  type GroupOfPeople,
  type KnownTeam,
} from '../../domain/teams/replace-groups';
import { isTeam, type Team, type TeamMember } from '../../domain/teams/team';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { WorkspaceStore } from '../workspaces/workspace-store';
import { readTeamsText } from './people-as-text';
import { TeamRows } from './team-rows';

/** The teams of each workspace: Bitbucket's groups and those kept by hand. */
export class TeamStore {
  readonly #workspaces: WorkspaceStore;
  readonly #database: Database;
  readonly #rows: TeamRows;

  constructor(database: Database) {
    this.#database = database;
    this.#workspaces = new WorkspaceStore(database);
    this.#rows = new TeamRows(database);
  }

  /** The groups as they were read. */
  async replaceGroups(workspace: string, groups: readonly GroupOfPeople[], readAt: Instant): Promise<void> {
    await this.#change(workspace, undefined, async (before, tx) => {
      await this.#workspaces.update(workspace, { groupsReadAt: readAt, groupsProblem: null }, tx);
      return replaceGroups(before, groups);
    });
  }

  /** By slug, deleted ones too. A group of fewer than two is no team and is left out, unless it has facts. */
  async list(workspace: string, tx?: Transaction): Promise<Team[]> {
    const teams = [...(await this.#rows.load(workspace, tx)).values()];
    const withFacts = teams.every(isTeam) ? new Set<string>() : await this.#rows.loadSlugsWithFacts(workspace, tx);
    return teams
      .filter((team) => isTeam(team) || withFacts.has(team.slug))
      .map(({ slug, name, source, isDeleted, members }) => ({ slug, name, source, isDeleted, members }));
  }

  /** Those kept by hand, by slug, deleted ones too. */
  async listManual(workspace: string): Promise<Team[]> {
    return [...(await this.#rows.load(workspace, undefined, { source: 'manual' })).values()];
  }

  /**
   * As `list` for `parseTeams`: the same text as long as nothing of them has changed. `before`: an earlier one since which
   * no member has changed; `null`: none.
   */
  async readText(workspace: string, before: string | null): Promise<string> {
    return readTeamsText(this.#database, workspace, before);
  }

  /** Changes the team kept by hand of that slug, or makes a new one; gives its slug. */
  async saveManual(
    workspace: string,
    { slug: wanted, name, members: told }: { slug: string | null; name: string; members: readonly TeamMember[] },
    tx?: Transaction,
  ): Promise<string> {
    const members = told.map(({ userUuid, since, until }) => ({ userUuid, since, until }));
    let slug = '';
    await this.#change(workspace, tx, (before) => {
      slug = pickManualSlug({ slug: wanted, name }, before);
      return [{ slug, source: 'manual', groupSlug: null, name, isDeleted: false, members }];
    });
    return slug;
  }

  /**
   * Ends every membership at `at`: the team stays selectable for the facts it has and gets no new ones. An unknown
   * slug, or a group's, changes nothing.
   */
  async deleteManual(workspace: string, slug: string, at: Instant): Promise<void> {
    await this.#change(workspace, undefined, (before) => {
      const team = before.get(slug);
      return team?.source === 'manual' ? [endTeam(team, at)] : [];
    });
  }

  /** Saves what `change` makes of the teams as they stand. */
  async #change(
    workspace: string,
    tx: Transaction | undefined,
    change: (
      before: ReadonlyMap<string, KnownTeam>,
      own: Transaction,
    ) => readonly KnownTeam[] | Promise<readonly KnownTeam[]>,
  ): Promise<void> {
    await this.#database.within(tx, async (own) => {
      await this.#workspaces.hold(workspace, own);
      const before = await this.#rows.load(workspace, own);
      const after = await change(before, own);
      if (await this.#rows.save(workspace, { before, after }, own)) {
        await this.#workspaces.bumpPeople(workspace, own);
      }
    });
  }
}
