import type { Activity } from '../../domain/pull-requests/activity';
import type { Dialect } from '../database/table';
import { selectTuples } from './joined-lists';

/** As `selectPastActivities` writes them: kind, at, actor, inline, deleted, gone, state, source head, draft. */
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

/** A sub-select of all activities of the pull request `p`, in the order of time. */
export function selectPastActivities(dialect: Dialect): string {
  return selectTuples(dialect, { table: 'pull_request_acts', fields, order: 'l.at, l.key' });
}

/** What `selectPastActivities` gave. */
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
