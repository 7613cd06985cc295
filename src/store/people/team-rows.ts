import { smallestTeam, type Team, type TeamMember } from '../../domain/teams/team';
import type { Database } from '../database/database';
import type { Table } from '../database/table';
import type { Transaction } from '../database/transaction';

export interface TeamRow {
  readonly workspace: string;
  readonly slug: string;
  readonly source: 'group' | 'manual';
  /** The group's own slug, which a team kept by hand may have taken before. */
  readonly group_slug: string | null;
  readonly name: string;
  readonly is_deleted: number;
}

interface MemberRow {
  readonly workspace: string;
  readonly team: string;
  readonly position: number;
  readonly user_uuid: string;
  readonly since: number | null;
  readonly until: number | null;
}

/** A team as it is stored. */
export interface StoredTeam {
  readonly row: TeamRow;
  readonly members: readonly TeamMember[];
}

const teamTable: Table<TeamRow> = {
  name: 'teams',
  key: ['workspace', 'slug'],
  columns: {
    workspace: 'text',
    slug: 'text',
    source: 'text',
    group_slug: 'text',
    name: 'text',
    is_deleted: 'integer',
  },
};

const memberTable: Table<MemberRow> = {
  name: 'team_members',
  key: ['workspace', 'team', 'position'],
  columns: {
    workspace: 'text',
    team: 'text',
    position: 'integer',
    user_uuid: 'text',
    since: 'bigint',
    until: 'bigint',
  },
};

/** Rows of teams with their members. */
export class TeamRows {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By slug. */
  async load(workspace: string, tx?: Transaction): Promise<Map<string, StoredTeam>> {
    const rows = await this.#database.read<TeamRow>(
      'SELECT * FROM teams WHERE workspace = $1 ORDER BY slug',
      [workspace],
      tx,
    );
    const members = await this.#database.read<MemberRow>(
      'SELECT * FROM team_members WHERE workspace = $1 ORDER BY team, position',
      [workspace],
      tx,
    );
    const membersOf = new Map(rows.map((row) => [row.slug, [] as TeamMember[]]));
    for (const { team, user_uuid: userUuid, since, until } of members) {
      membersOf.get(team)?.push({ userUuid, since, until });
    }
    return new Map(rows.map((row) => [row.slug, { row, members: membersOf.get(row.slug) ?? [] }]));
  }

  /** Writes those that differ from what is stored; tells whether any did. */
  async save(before: ReadonlyMap<string, StoredTeam>, teams: readonly StoredTeam[], tx: Transaction): Promise<boolean> {
    const changed = teams.filter((team) => JSON.stringify(before.get(team.row.slug)) !== JSON.stringify(team));
    await this.#database.insert(
      teamTable,
      changed.map(({ row }) => row),
      { onConflict: 'overwrite', tx },
    );
    for (const { row } of changed) {
      await this.#database.write(
        'DELETE FROM team_members WHERE workspace = $1 AND team = $2',
        [row.workspace, row.slug],
        tx,
      );
    }
    const members = changed.flatMap(({ row, members: list }) =>
      list.map(({ userUuid, since, until }, position) => ({
        workspace: row.workspace,
        team: row.slug,
        position,
        user_uuid: userUuid,
        since,
        until,
      })),
    );
    await this.#database.insert(memberTable, members, { onConflict: 'overwrite', tx });
    return changed.length > 0;
  }

  /** Slugs that sealed pull requests name. */
  async loadSlugsWithFacts(workspace: string, tx?: Transaction): Promise<Set<string>> {
    const rows = await this.#database.read<{ slug: string }>(
      `SELECT slug FROM teams t WHERE workspace = $1 AND EXISTS
         (SELECT 1 FROM pull_request_teams f WHERE f.workspace = t.workspace AND f.team = t.slug)`,
      [workspace],
      tx,
    );
    return new Set(rows.map((row) => row.slug));
  }
}

/** Whether it is a team by definition: made by hand, or a group of two or more. */
export function isTeam({ row, members }: StoredTeam): boolean {
  return row.source === 'manual' || members.length >= smallestTeam;
}

export function toTeam({ row, members }: StoredTeam): Team {
  return { slug: row.slug, name: row.name, source: row.source, isDeleted: row.is_deleted === 1, members };
}
