import { isTeam, type Team } from '../../domain/teams/team';
import type { Person } from '../../domain/people/person';
import type { Database } from '../database/database';
import { selectTupleList } from '../database/table';

/*
 * People and teams as texts, which are the same as long as nothing of them has changed. Whoever looks at every version of
 * a workspace compares them with those of the last one, and seldom has to parse thousands of rows.
 */

type PersonTuple = readonly [string, string | null, string | null, string];
type TeamTuple = readonly [string, string, Team['source'], number, number];
type MemberTuple = readonly [string, string, number | null, number | null];

/** In the order of their UUIDs. */
export async function readPeopleText(database: Database, workspace: string): Promise<string> {
  const list = selectTupleList(database.dialect, 'uuid, display_name, account_id, type', 'uuid');
  return readText(database, `SELECT ${list} AS text FROM people WHERE workspace = $1`, workspace);
}

/** What `readPeopleText` gave. */
export function parsePeople(text: string): Person[] {
  const people = JSON.parse(text) as PersonTuple[];
  return people.map(([uuid, displayName, accountId, type]) => ({ uuid, displayName, accountId, type }));
}

/** Teams and their members, parted by a line break; the members of `before` where one is given. */
export async function readTeamsText(database: Database, workspace: string, before: string | null): Promise<string> {
  const { dialect } = database;
  const hasFacts = `CASE WHEN EXISTS
    (SELECT 1 FROM pull_request_teams f WHERE f.workspace = t.workspace AND f.team = t.slug) THEN 1 ELSE 0 END`;
  const teams = selectTupleList(dialect, `t.slug, t.name, t.source, t.is_deleted, ${hasFacts}`, 't.slug');
  const members = selectTupleList(dialect, 'team, user_uuid, since, until', 'team, position');
  const [ofTeams, ofMembers] = await Promise.all([
    readText(database, `SELECT ${teams} AS text FROM teams t WHERE t.workspace = $1`, workspace),
    before?.split('\n')[1] ??
      readText(database, `SELECT ${members} AS text FROM team_members WHERE workspace = $1`, workspace),
  ]);
  return `${ofTeams}\n${ofMembers}`;
}

/** What `readTeamsText` gave: by slug, without groups that are no team, unless they have facts. */
export function parseTeams(text: string): Team[] {
  const [ofTeams = '[]', ofMembers = '[]'] = text.split('\n');
  const teams = JSON.parse(ofTeams) as TeamTuple[];
  const members = new Map(teams.map(([slug]) => [slug, [] as Team['members'][number][]]));
  for (const [team, userUuid, since, until] of JSON.parse(ofMembers) as MemberTuple[]) {
    members.get(team)?.push({ userUuid, since, until });
  }
  return teams
    .map(([slug, name, source, isDeleted, hasFacts]) => ({
      team: { slug, name, source, isDeleted: isDeleted === 1, members: members.get(slug) ?? [] },
      hasFacts: hasFacts === 1,
    }))
    .filter(({ team, hasFacts }) => isTeam(team) || hasFacts)
    .map(({ team }) => team);
}

async function readText(database: Database, sql: string, workspace: string): Promise<string> {
  return (await database.readOne<{ readonly text: string | null }>(sql, [workspace]))?.text ?? '[]';
}
