import { isTeam, type Team, type TeamMember } from '../../domain/teams/team';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { teamMembers, teams, type TeamRow } from '../schema/people';

/** A team as it is stored. */
export interface StoredTeam {
  readonly row: TeamRow;
  readonly members: readonly TeamMember[];
}

/** Rows of teams with their members. */
export class TeamRows {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By slug. */
  async load(workspace: string, tx?: Transaction): Promise<Map<string, StoredTeam>> {
    const rows = await this.#database.find(teams, { where: { workspace }, order: ['slug'] }, tx);
    const members = await this.#database.find(teamMembers, { where: { workspace }, order: ['team', 'position'] }, tx);
    const membersOf = new Map(rows.map((row) => [row.slug, [] as TeamMember[]]));
    for (const { team, userUuid, since, until } of members) {
      membersOf.get(team)?.push({ userUuid, since, until });
    }
    return new Map(rows.map((row) => [row.slug, { row, members: membersOf.get(row.slug) ?? [] }]));
  }

  /** Writes those that differ from what is stored; tells whether any did. */
  async save(before: ReadonlyMap<string, StoredTeam>, after: readonly StoredTeam[], tx: Transaction): Promise<boolean> {
    const changed = after.filter((team) => JSON.stringify(before.get(team.row.slug)) !== JSON.stringify(team));
    const rows = changed.map(({ row }) => row);
    await this.#database.insert(teams, rows, { onConflict: 'overwrite', tx });
    for (const { workspace, slug: team } of rows) await this.#database.delete(teamMembers, { workspace, team }, tx);
    const members = changed.flatMap(({ row: { workspace, slug: team }, members: list }) =>
      list.map((member, position) => ({ workspace, team, position, ...member })),
    );
    await this.#database.insert(teamMembers, members, { onConflict: 'overwrite', tx });
    return changed.length > 0;
  }

  /** Slugs that sealed pull requests name. */
  async loadSlugsWithFacts(workspace: string, tx?: Transaction): Promise<Set<string>> {
    // Asks two tables at once.
    const rows = await this.#database.read<{ slug: string }>(
      `SELECT slug FROM teams t WHERE workspace = $1 AND EXISTS
         (SELECT 1 FROM pull_request_teams f WHERE f.workspace = t.workspace AND f.team = t.slug)`,
      [workspace],
      tx,
    );
    return new Set(rows.map((row) => row.slug));
  }
}

/** Whether people can filter by it. */
export function isStoredTeam({ row: { source }, members }: StoredTeam): boolean {
  return isTeam({ source, members });
}

export function toTeam({ row, members }: StoredTeam): Team {
  return { slug: row.slug, name: row.name, source: row.source, isDeleted: row.isDeleted, members };
}
