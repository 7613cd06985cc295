import { listApprovals, listComments, listReviews } from './counted-activities';
import { passes, type NaiveHistory, type NaivePullRequest, type NaiveQuestion } from './facts';

/* Work in Progress from docs/definitions.md, 6. */

/** `teams`: present ones of the author. */
export type NaiveOpen = NaivePullRequest & NaiveHistory;

interface Present {
  /** Uuids. */
  readonly bots: ReadonlySet<string>;
  readonly now: number;
}

/** The open pull requests under the filters of a question, oldest first, as `GET /metrics/work-in-progress` lists them. */
export function listNaiveOpenWork(all: readonly NaiveOpen[], question: NaiveQuestion, present: Present) {
  return all
    .filter((one) => passes(one, question))
    .sort((one, other) => one.openedAt - other.openedAt)
    .map((one) => measure(one, present));
}

function measure(one: NaiveOpen, { bots, now }: Present): Record<string, unknown> {
  const counting = { bots, until: Number.POSITIVE_INFINITY };
  const reviews = listReviews(one, counting);
  const comments = listComments(one, counting);
  const edits = one.activities.filter(({ kind, actorUuid }) => kind === 'update' && !bots.has(actorUuid ?? ''));
  const moves = [...edits, ...reviews, ...comments].map(({ at }) => at);
  const lastAt = Math.max(one.openedAt, ...moves, ...one.changes.map(({ createdAt }) => createdAt));
  const isApproved = listApprovals(one, counting).length > 0;
  return {
    ...{ id: one.number, system: one.system, title: one.title, draft: one.isDraft, state: 'OPEN', queued: false },
    destination: one.destinationBranch,
    opened_at: new Date(one.openedAt).toISOString(),
    phase: isApproved ? 'approved' : reviews.length > 0 ? 'reviewed' : 'open',
    time_in_progress: (now - one.openedAt) / 1000,
    time_stale: (now - lastAt) / 1000,
    lines_changed: one.linesChanged,
    ...{ commits: one.changes.length, comments: comments.length, reviews: reviews.length },
  };
}
