import type { KnownTeam } from '../../domain/teams/replace-groups';
import type { TeamMember } from '../../domain/teams/team';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { teamMembers, teams } from '../schema/people';

/** Rows of teams with their members. */
export class TeamRows {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By slug; of one source or of both. */
  async load(
    workspace: string,
    tx?: Transaction,
    source: { readonly source?: KnownTeam['source'] } = {},
  ): Promise<Map<string, KnownTeam>> {
    const where = { workspace, ...source };
    const rows = await this.#database.find(teams, { where, without: ['workspace'], order: ['slug'] }, tx);
    const query = { where: { workspace }, order: ['team', 'position'] } as const;
    const among = rows.map(({ slug }) => slug);
    const members = await this.#database.findAmong(teamMembers, { ...query, field: 'team', among }, tx);
    const membersOf = new Map(rows.map(({ slug }) => [slug, [] as TeamMember[]]));
    for (const { team, userUuid, since, until } of members) {
      membersOf.get(team)?.push({ userUuid, since, until });
    }
    return new Map(rows.map((row) => [row.slug, { ...row, members: membersOf.get(row.slug) ?? [] }]));
  }

  /** Writes those that differ from what is stored; tells whether any did. */
  async save(
    workspace: string,
    { before, after }: { readonly before: ReadonlyMap<string, KnownTeam>; readonly after: readonly KnownTeam[] },
    tx: Transaction,
  ): Promise<boolean> {
    const changed = after.filter((team) => toText(before.get(team.slug)) !== toText(team));
    const rows = changed.map(({ slug, source, groupSlug, name, isDeleted }) => ({
      ...{ workspace, slug, source, groupSlug, name, isDeleted },
    }));
    await this.#database.insert(teams, rows, { onConflict: 'overwrite', tx });
    for (const { slug: team } of changed) await this.#database.delete(teamMembers, { workspace, team }, tx);
    const members = changed.flatMap((team) =>
      team.members.map((member, position) => ({ workspace, team: team.slug, position, ...member })),
    );
    await this.#database.insert(teamMembers, members, { onConflict: 'overwrite', tx });
    return changed.length > 0;
  }

  /** Slugs that recorded pull requests name. */
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

function toText(team: KnownTeam | undefined): string | undefined {
  return team && JSON.stringify([team.name, team.source, team.groupSlug, team.isDeleted, team.members]);
}
