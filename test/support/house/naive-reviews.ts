import type { Workspace } from '../../../simulator/world/model';
import { findNaiveBots, findPhaseAt, isReviewBy, listApprovals, listVoices, type NaiveVoice } from './naive-activities';
import type { NaiveFacts, NaiveMerge } from './naive-facts';
import { cut, passes, percentile, toTest, type NaiveQuestion, type Span } from './naive-report';

/*
 * Changes & Reviews and Work in Progress from docs/definitions.md, 6, over arrays of objects: slow, plain, and
 * without a line of the product.
 */

const phases = [
  ...['coding', 'draft', 'waiting_for_first_review', 'in_review', 'waiting_for_author', 'approved'],
  'in_merge_queue',
  'waiting_for_deployment',
];

/** A merged pull request with its numbers, by their names in answers. */
export interface NaiveReview extends NaiveMerge {
  readonly numbers: Readonly<Record<string, number | null>>;
  /** Seconds. */
  readonly phases: Readonly<Record<string, number>>;
}

export function readNaiveReviews(workspace: Workspace, facts: NaiveFacts): NaiveReview[] {
  const bots = findNaiveBots(workspace);
  return facts.merged.map((merge) => ({
    ...merge,
    numbers: countNumbers(merge, bots),
    phases: sumPhases(merge, bots, facts),
  }));
}

const seconds = (from: number | undefined, to: number | undefined): number | null =>
  from === undefined || to === undefined ? null : (to - from) / 1000;

/** Without commits nobody knows the first. */
function findFirstCommit({ changes }: NaiveMerge): number | undefined {
  return changes.length === 0 ? undefined : Math.min(...changes.map(({ authoredAt }) => authoredAt));
}

function countNumbers(merge: NaiveMerge, bots: ReadonlySet<string>): Record<string, number | null> {
  const { pullRequest, openedAt, at } = merge;
  const voices = listVoices(pullRequest, bots).filter((voice) => voice.at <= at);
  const reviews = voices.filter((voice) => isReviewBy(voice, pullRequest.authorUuid));
  const approvals = listApprovals(reviews).map((one) => one.at);
  const [first, last] = [approvals[0], approvals.at(-1)];
  const toOpen = seconds(findFirstCommit(merge), openedAt) ?? -1;
  return {
    time_to_open: toOpen < 0 ? null : toOpen,
    time_to_merge: seconds(openedAt, at),
    time_to_first_review: seconds(openedAt, reviews[0]?.at),
    time_to_first_approval: seconds(openedAt, first),
    first_to_last_approval: seconds(first, last),
    last_approval_to_merge: seconds(last, at),
    lines_changed: countLines(merge),
    commits: merge.complete ? merge.changes.length : null,
    comments: voices.filter(isSaid).length,
    reviews: reviews.length,
  };
}

const isSaid = ({ kind }: NaiveVoice): boolean => kind === 'comment' || kind === 'inline';

/** Of all its commits, as its diff tells. */
export function countLines({ pullRequest, repository }: Pick<NaiveMerge, 'pullRequest' | 'repository'>): number {
  const sizes = [...new Set(pullRequest.commits)].flatMap((hash) => repository.commits.get(hash)?.size ?? []);
  return sizes.reduce((sum, { linesAdded, linesRemoved }) => sum + linesAdded + linesRemoved, 0);
}

/** Asks at every moment at which anything happened what phase it was until the next. */
function sumPhases(merge: NaiveMerge, bots: ReadonlySet<string>, facts: NaiveFacts): Record<string, number> {
  const { pullRequest, openedAt, at } = merge;
  const sums: Record<string, number> = Object.fromEntries(phases.map((phase) => [phase, 0] as const));
  const add = (phase: string, from: number, to: number) => (sums[phase] = (sums[phase] ?? 0) + (to - from) / 1000);
  const moments = pullRequest.activities
    .map((activity) => Math.floor(activity.at))
    .filter((one) => one > openedAt && one < at);
  const turns = [openedAt, ...[...new Set(moments)].sort((one, other) => one - other), at];
  add('coding', Math.min(findFirstCommit(merge) ?? openedAt, openedAt), openedAt);
  turns.slice(1).forEach((end, index) => {
    const start = turns[index] ?? end;
    add(findPhaseAt(pullRequest, bots, start), start, end);
  });
  add('waiting_for_deployment', at, findDeployedAt(merge, facts) ?? at);
  return sums;
}

/** Its own merge, or the first later deployment of its system that holds one of its commits. */
function findDeployedAt(merge: NaiveMerge, { deployments }: NaiveFacts): number | undefined {
  const hashes = new Set(merge.changes.map(({ hash }) => hash));
  const holding = deployments.filter(
    (one) =>
      one.system.uuid === merge.system.uuid &&
      (one.deploy_id === merge.deploy_id || (one.at >= merge.at && one.changes.some(({ hash }) => hashes.has(hash)))),
  );
  const own = holding.find((one) => one.deploy_id === merge.deploy_id);
  return own?.at ?? holding.map(({ at }) => at).sort((one, other) => one - other)[0];
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length;

/** In the JSON of `GET /metrics/reviews`, without `workspace` and with the part of `completeness` under filters. */
export function computeNaiveReviews(reviews: readonly NaiveReview[], question: NaiveQuestion): Record<string, unknown> {
  const passing = reviews.filter((one) => passes(one, question));
  const { from, to, interval, zone } = question;
  const pick = (span: Span) => {
    const isWithin = toTest(question, span);
    return passing.filter(({ at }) => isWithin(at));
  };
  const rows = pick({ start: from, end: to });
  const buckets = cut(question).map((span) => ({ span, rows: pick(span) }));
  const names = Object.keys(reviews[0]?.numbers ?? {});
  const metrics = names.map((name) => {
    const series = buckets.map((bucket) => ({ ...bucket.span, ...toFigures(bucket.rows, name) }));
    return [name, { ...toFigures(rows, name), series }] as const;
  });
  return {
    range: { from, to, timezone: zone, interval },
    merged: rows.length,
    ...Object.fromEntries(metrics),
    phases: { ...toPhases(rows), series: buckets.map((bucket) => ({ ...bucket.span, ...toPhases(bucket.rows) })) },
    incomplete_pull_requests: rows.filter(({ complete }) => !complete).length,
    unsized_pull_requests: 0,
  };
}

function toFigures(rows: readonly NaiveReview[], name: string): Record<string, number | null> {
  const all = rows.flatMap(({ numbers }) => numbers[name] ?? []);
  const good = all.filter((one) => one >= 0);
  const [value, p75, p95] = [0.5, 0.75, 0.95].map((p) => percentile(good, p));
  return {
    value: value ?? null,
    mean: mean(good),
    p75: p75 ?? null,
    p95: p95 ?? null,
    n: good.length,
    excluded: all.length - good.length,
  };
}

function toPhases(rows: readonly NaiveReview[]) {
  const means = phases.map((phase) => [phase, mean(rows.map((row) => row.phases[phase] ?? 0))]);
  return { mean: rows.length === 0 ? null : (Object.fromEntries(means) as object), n: rows.length };
}
