import type { Instant } from '../../domain/instant';
import type { Team, TeamMember } from '../../domain/teams/team';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { WorkspaceStore } from '../workspaces/workspace-store';
import { isStoredTeam, TeamRows, toTeam, type StoredTeam } from './team-rows';
import { pickFreeSlug, toTeamSlug } from './team-slugs';

/** A group as Bitbucket lists it. */
export interface GroupOfPeople {
  readonly slug: string;
  readonly name: string;
  /** With braces. */
  readonly memberUuids: readonly string[];
}

type Teams = ReadonlyMap<string, StoredTeam>;

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

  /**
   * The groups as read at `read.at`: those no longer listed are marked deleted, and a group whose slug
   * a team kept by hand has taken goes by `<slug>-group`.
   */
  async replaceGroups(workspace: string, groups: readonly GroupOfPeople[], readAt: Instant): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await this.#workspaces.hold(workspace, tx);
      const before = await this.#rows.load(workspace, tx);
      const isChanged = await this.#rows.save(before, toReplacement(workspace, groups, before), tx);
      await this.#workspaces.update(workspace, { groupsReadAt: readAt, groupsProblem: null }, tx);
      if (isChanged) {
        await this.#workspaces.bumpVersion(workspace, tx);
      }
    });
  }

  /** By slug, deleted ones too. A group of fewer than two is no team and is left out, unless it has facts. */
  async list(workspace: string, tx?: Transaction): Promise<Team[]> {
    const teams = [...(await this.#rows.load(workspace, tx)).values()];
    const withFacts = teams.every(isStoredTeam)
      ? new Set<string>()
      : await this.#rows.loadSlugsWithFacts(workspace, tx);
    return teams.filter((team) => isStoredTeam(team) || withFacts.has(team.row.slug)).map(toTeam);
  }

  /** Changes the team kept by hand of that slug, or makes a new one; gives its slug. */
  async saveManual(
    workspace: string,
    team: { slug: string | null; name: string; members: readonly TeamMember[] },
    tx?: Transaction,
  ): Promise<string> {
    return this.#database.within(tx, async (own) => {
      await this.#workspaces.hold(workspace, own);
      const before = await this.#rows.load(workspace, own);
      const slug = pickManualSlug(team, before);
      const row = { workspace, slug, source: 'manual' as const, groupSlug: null, name: team.name, isDeleted: false };
      const members = team.members.map(({ userUuid, since, until }) => ({ userUuid, since, until }));
      await this.#saveAndBump(workspace, { before, teams: [{ row, members }] }, own);
      return slug;
    });
  }

  /**
   * Ends every membership at `at`: the team stays selectable for the facts it has and gets no new ones. An unknown
   * slug, or a group's, changes nothing.
   */
  async deleteManual(workspace: string, slug: string, at: Instant): Promise<void> {
    await this.#database.transaction(async (own) => {
      await this.#workspaces.hold(workspace, own);
      const before = await this.#rows.load(workspace, own);
      const team = before.get(slug);
      if (team?.row.source === 'manual') {
        const members = team.members.map((one) => ({ ...one, until: Math.min(one.until ?? at, at) }));
        const deleted = { row: { ...team.row, isDeleted: true }, members };
        await this.#saveAndBump(workspace, { before, teams: [deleted] }, own);
      }
    });
  }

  async #saveAndBump(
    workspace: string,
    change: { before: Teams; teams: readonly StoredTeam[] },
    tx: Transaction,
  ): Promise<void> {
    if (await this.#rows.save(change.before, change.teams, tx)) {
      await this.#workspaces.bumpVersion(workspace, tx);
    }
  }
}

function toReplacement(workspace: string, groups: readonly GroupOfPeople[], before: Teams): StoredTeam[] {
  const slugOfGroup = new Map([...before.values()].map(({ row }) => [row.groupSlug, row.slug]));
  const taken = new Set(before.keys());
  const replaced = new Map<string, StoredTeam>();
  for (const group of groups) {
    const slug = slugOfGroup.get(group.slug) ?? pickGroupSlug(group.slug, taken);
    taken.add(slug);
    replaced.set(slug, toStoredGroup(workspace, slug, group));
  }
  const missing = [...before.values()]
    .filter(({ row }) => row.source === 'group' && !replaced.has(row.slug))
    .map(({ row }) => ({ row: { ...row, isDeleted: true }, members: [] }));
  return [...replaced.values(), ...missing];
}

function toStoredGroup(workspace: string, slug: string, group: GroupOfPeople): StoredTeam {
  const members = [...new Set(group.memberUuids)].toSorted();
  return {
    row: { workspace, slug, source: 'group', groupSlug: group.slug, name: group.name, isDeleted: false },
    members: members.map((userUuid) => ({ userUuid, since: null, until: null })),
  };
}

function pickGroupSlug(slug: string, taken: ReadonlySet<string>): string {
  return taken.has(slug) ? pickFreeSlug(`${slug}-group`, taken) : slug;
}

function pickManualSlug(team: { slug: string | null; name: string }, before: Teams): string {
  if (team.slug !== null && before.get(team.slug)?.row.source === 'manual') {
    return team.slug;
  }
  return pickFreeSlug(team.slug ?? toTeamSlug(team.name), new Set(before.keys()));
}
