import type { Activity } from '../../domain/pull-requests/activity';
import type { Dialect } from '../database/table';

/** As `selectLifeActs` writes them: kind, at, actor, inline, deleted, gone, state, source head, draft. */
type ActivityTuple = readonly [
  Activity['kind'],
  number,
  string | null,
  number,
  number,
  number,
  string | null,
  string | null,
  number | null,
];

const fields = `l.kind, l.at, l.actor, l.is_inline, l.is_deleted, CASE WHEN l.gone_at IS NULL THEN 0 ELSE 1 END,
  l.state, l.source_hash, l.is_draft`;

/**
 * A sub-select of all acts of the pull request `p`, in the order of time, as one JSON text: states and hashes are
 * Bitbucket's, and no character could part them safely.
 */
export function selectPastActivities(dialect: Dialect): string {
  const list =
    dialect === 'sqlite'
      ? `json_group_array(json_array(${fields}) ORDER BY l.at, l.key)`
      : `CAST(json_agg(json_build_array(${fields}) ORDER BY l.at, l.key) AS TEXT)`;
  return `(SELECT ${list} FROM pull_request_acts l
    WHERE l.workspace = p.workspace AND l.repository = p.repository AND l.number = p.number)`;
}

/** What `selectLifeActs` gave. */
export function toPastActivities(text: string | null): Activity[] {
  return text === null ? [] : (JSON.parse(text) as ActivityTuple[]).map(toPastActivity);
}

function toPastActivity([
  kind,
  at,
  actorUuid,
  isInline,
  isDeleted,
  isGone,
  state,
  sourceHash,
  isDraft,
]: ActivityTuple): Activity {
  return {
    kind,
    at,
    actorUuid,
    isInline: isInline === 1,
    isDeleted: isDeleted === 1,
    isGone: isGone === 1,
    state,
    sourceHash,
    isDraft: isDraft === null ? null : isDraft === 1,
  };
}
