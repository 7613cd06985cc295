import type { Account, Act, PullRequest, Workspace } from '../../../simulator/world/model';

/*
 * Which acts of a pull request count, and in which phase it is at a moment: from docs/definitions.md, 6.2, and the
 * decisions about phases, without a line of the product.
 */

export interface NaiveVoice {
  readonly at: number;
  readonly by: string;
  readonly kind: 'approval' | 'changes_request' | 'inline' | 'comment';
}

/** Uuids of the bots of a workspace, by their type and by the names that are bots' by default. */
export function findNaiveBots(workspace: Workspace): ReadonlySet<string> {
  const isBot = ({ kind, displayName }: Account) =>
    kind !== 'user' || /(?:\[bot\]|-bot|_bot| bot)$/iu.test(displayName);
  return new Set([...workspace.people.values()].filter(isBot).map(({ uuid }) => uuid));
}

/** What people said of a pull request, its author too: not deleted, not by bots or by nobody known, oldest first. */
export function listVoices({ activities }: PullRequest, bots: ReadonlySet<string>): NaiveVoice[] {
  const voices = activities.flatMap((activity): NaiveVoice[] => {
    const kind = toKind(activity);
    const by = activity.actorUuid;
    return kind === null || by === null || bots.has(by) ? [] : [{ at: Math.floor(activity.at), by, kind }];
  });
  return voices.sort((one, other) => one.at - other.at);
}

function toKind(activity: Act): NaiveVoice['kind'] | null {
  if (activity.kind === 'update') return null;
  if (activity.kind !== 'comment') return activity.kind;
  if (activity.isDeleted) return null;
  return activity.inline === null ? 'comment' : 'inline';
}

export const isReviewBy = ({ by, kind }: NaiveVoice, authorUuid: string | null): boolean =>
  kind !== 'comment' && by !== authorUuid;

/**
 * The approvals among some voices that are in force after all of them: a person has one verdict at a time, the last, and
 * of two at one moment the approval.
 */
export function listApprovals(voices: readonly NaiveVoice[]): NaiveVoice[] {
  const verdicts = voices.filter(({ kind }) => kind === 'approval' || kind === 'changes_request');
  const isAfter = (one: NaiveVoice, other: NaiveVoice) =>
    one.at > other.at || (one.at === other.at && one.kind === 'approval' && other.kind === 'changes_request');
  const last = verdicts.filter((one) => !verdicts.some((other) => other.by === one.by && isAfter(other, one)));
  return last.filter(({ kind }) => kind === 'approval');
}

/** The phase between opening and end at a moment, all that happened until then taken together. */
export function findPhaseAt(pullRequest: PullRequest, bots: ReadonlySet<string>, at: number): string {
  if (isQueuedAt(pullRequest, at)) return 'in_merge_queue';
  if (isDraftAt(pullRequest, at)) return 'draft';
  const voices = listVoices(pullRequest, bots).filter((voice) => voice.at <= at);
  const reviews = voices.filter((voice) => isReviewBy(voice, pullRequest.authorUuid));
  if (listApprovals(reviews).length > 0) return 'approved';
  const asked = reviews.at(-1)?.at;
  if (asked === undefined) return 'waiting_for_first_review';
  const hasMoved = listAuthorsMoves(pullRequest).some((move) => move > asked && move <= at);
  return hasMoved ? 'in_review' : 'waiting_for_author';
}

/** As the last update until then says, in a world whose updates say it by the word of their state. */
function isQueuedAt({ activities }: PullRequest, at: number): boolean {
  const updates = activities.flatMap((activity): { at: number; isQueued: boolean }[] =>
    activity.kind === 'update' ? [{ at: Math.floor(activity.at), isQueued: activity.isQueued === true }] : [],
  );
  const told = updates.sort((one, other) => one.at - other.at || Number(one.isQueued) - Number(other.isQueued));
  return told.findLast((update) => update.at <= at)?.isQueued === true;
}

/** As the last update until then told, else as the first one told. */
function isDraftAt({ activities, isDraft }: PullRequest, at: number): boolean {
  const updates = activities.flatMap((activity) =>
    activity.kind === 'update' ? [{ at: Math.floor(activity.at), to: activity.isDraft }] : [],
  );
  const told = updates.sort((one, other) => one.at - other.at || Number(other.to) - Number(one.to));
  return (told.findLast((update) => update.at <= at) ?? told[0])?.to ?? isDraft;
}

/** When the author, be it a bot, pushed, edited or said something. */
function listAuthorsMoves({ activities, authorUuid }: PullRequest): number[] {
  const isMove = (activity: Act) => activity.kind === 'update' || (activity.kind === 'comment' && !activity.isDeleted);
  const own = activities.filter(
    (activity) => authorUuid !== null && activity.actorUuid === authorUuid && isMove(activity),
  );
  return own.map((activity) => Math.floor(activity.at));
}
