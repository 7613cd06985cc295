import { selectTupleList, type Dialect } from '../database/table';

/** Rows `l` of another table that are of the pull request `p`. */
export const ofPullRequest = 'l.workspace = p.workspace AND l.repository = p.repository AND l.number = p.number';

/**
 * A sub-select of the rows of a table that are of the pull request `p`, each a list of fields, as one JSON text: states
 * and hashes are Bitbucket's, and no character could part them safely.
 */
export function selectTuples(
  dialect: Dialect,
  { table, fields, order }: { readonly table: string; readonly fields: string; readonly order: string },
): string {
  return `(SELECT ${selectTupleList(dialect, fields, order)} FROM ${table} l WHERE ${ofPullRequest})`;
}

/** A sub-select of the teams of the pull request `p`, as one text. */
export const selectTeams = `(SELECT string_agg(l.team, ' ') FROM pull_request_teams l WHERE ${ofPullRequest})`;

/** Slugs, in the order of text; what `selectTeams` gave. */
export function toTeams(text: string | null): string[] {
  return text === null ? [] : text.split(' ').sort();
}
