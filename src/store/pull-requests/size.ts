// `isSizedAt` of the domain once more, word for word the condition of the partial index, which the planner uses only then.
/** A merged or open pull request `p` whose size was not tried at its present source head. */
export const lacksSize = `(p.state = 'MERGED' OR p.state = 'OPEN')
  AND (p.size_head IS NULL OR p.size_head <> substr(coalesce(p.source_hash, ''), 1, 12))`;
