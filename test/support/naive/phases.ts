import { listApprovals, listReviews } from './counted-activities';
import type { NaiveActivity, NaiveHistory, NaiveMerge, NaiveReviewedMerge } from './facts';

/*
 * The phases of a merged pull request from docs/definitions.md, 6: at every moment at which anything happened it is asked
 * what phase it is until the next. True of histories in which no verdict was taken back.
 */

export const phases = [
  ...['coding', 'draft', 'waiting_for_first_review', 'in_review', 'waiting_for_author', 'approved'],
  'in_merge_queue',
  'waiting_for_deployment',
];

interface Surroundings {
  readonly bots: ReadonlySet<string>;
  readonly merges: readonly NaiveMerge[];
}

/** Seconds in each phase. */
export function sumPhases(merge: NaiveReviewedMerge, { bots, merges }: Surroundings): Record<string, number> {
  const { openedAt, mergedAt, activities, firstCommitAt } = merge;
  const sums: Record<string, number> = Object.fromEntries(phases.map((phase) => [phase, 0] as const));
  const add = (phase: string, from: number, to: number) => (sums[phase] = (sums[phase] ?? 0) + (to - from) / 1000);
  const moments = activities.map(({ at }) => at).filter((at) => at > openedAt && at < mergedAt);
  const turns = [openedAt, ...[...new Set(moments)].sort((one, other) => one - other), mergedAt];
  add('coding', Math.min(firstCommitAt ?? openedAt, openedAt), openedAt);
  turns.slice(1).forEach((end, index) => {
    const start = turns[index] ?? end;
    add(findPhaseAt(merge, bots, start), start, end);
  });
  add('waiting_for_deployment', mergedAt, findDeployedAt(merge, merges) ?? mergedAt);
  return sums;
}

/** The phase between opening and end at a moment, all that happened until then taken together. */
export function findPhaseAt(history: NaiveHistory, bots: ReadonlySet<string>, at: number): string {
  if (isQueuedAt(history, at)) return 'in_merge_queue';
  if (isDraftAt(history, at)) return 'draft';
  if (listApprovals(history, { bots, until: at }).length > 0) return 'approved';
  const asked = listReviews(history, { bots, until: at }).at(-1)?.at;
  if (asked === undefined) return 'waiting_for_first_review';
  const hasMoved = listAuthorsMoves(history).some((move) => move.at > asked && move.at <= at);
  return hasMoved ? 'in_review' : 'waiting_for_author';
}

/** As the last update until then says; of two at one instant the one that queues it. */
export function isQueuedAt({ activities }: NaiveHistory, at: number): boolean {
  const isQueued = ({ state }: NaiveActivity) => state === 'QUEUED';
  const told = activities
    .filter(({ kind }) => kind === 'update')
    .sort((one, other) => one.at - other.at || Number(isQueued(one)) - Number(isQueued(other)));
  const last = told.findLast((update) => update.at <= at);
  return last !== undefined && isQueued(last);
}

/** As the last update until then told, else as the first one told. */
function isDraftAt({ activities, isDraft }: NaiveHistory, at: number): boolean {
  const told = activities
    .filter((activity) => activity.kind === 'update' && activity.isDraft !== null)
    .sort((one, other) => one.at - other.at || Number(other.isDraft) - Number(one.isDraft));
  return (told.findLast((update) => update.at <= at) ?? told[0])?.isDraft ?? isDraft;
}

/** When the author, be it a bot, pushed, edited or said something. */
export function listAuthorsMoves({ activities, authorUuid }: NaiveHistory): NaiveActivity[] {
  return activities.filter(
    ({ kind, actorUuid, isDeleted }) =>
      authorUuid !== null && actorUuid === authorUuid && (kind === 'update' || (kind === 'comment' && !isDeleted)),
  );
}

/** Its own merge, or the first later deployment of its system that holds one of its commits. */
function findDeployedAt(merge: NaiveReviewedMerge, merges: readonly NaiveMerge[]): number | null {
  if (merge.isDeployment) return merge.mergedAt;
  const own = new Set(merge.changes.map(({ changeId }) => changeId));
  let first: number | null = null;
  for (const { system, isDeployment, mergedAt, changes } of merges) {
    const isLater = isDeployment && system.uuid === merge.system.uuid && mergedAt >= merge.mergedAt;
    if (isLater && changes.some(({ changeId }) => own.has(changeId))) first = Math.min(first ?? mergedAt, mergedAt);
  }
  return first;
}
