import type { ActivityEntry } from '../../bitbucket/bitbucket-api';
import { BitbucketUnavailable, isRefusal } from '../../bitbucket/client/errors';
import type { Page } from '../../bitbucket/client/pages';
import type { RepositoryImport } from '../../store/repositories/import-store';
import type { Transaction } from '../../store/database/transaction';
import type { StoredPullRequest } from '../../store/pull-requests/stored-pull-request';
import { describeProblem } from '../jobs/describe-problem';
import { findAsOf, readActivity as readActivityOf, toActivityFacts } from '../record/activity';
import { endsBefore } from '../record/pull-request-list';
import { recordFacts } from '../record/recorder';
import type { ImportStep } from './import-step';
import { noteUnreadable, putPullRequestAside, readEach } from './put-aside';

/**
 * Cursors of the second half of this phase, each followed by the number below which it goes on: single reading of the
 * pull requests opened before the import begins, or of all where Bitbucket does not give the activity of the whole.
 */
const oldOnesBelow = 'old-below:';
const allBelow = 'all-below:';
const singlesAStep = 10;
const noEntries: Page<ActivityEntry> = { items: [], next: null, size: null, unreadable: [] };

/**
 * Reads the activity (moment of the merge, reviews, comments): page by page that of the whole repository, newest
 * first, back to the beginning of the import; then singly that of the pull requests whose life began before.
 */
export async function readActivity(step: ImportStep): Promise<RepositoryImport> {
  const below = /^(old|all)-below:(\d+)$/u.exec(step.row.cursor ?? '');
  return below === null
    ? readPage(step)
    : readSingles(step, { isOldOnly: below[1] === 'old', below: Number(below[2]) });
}

async function readPage(step: ImportStep): Promise<RepositoryImport> {
  const { stores, row } = step;
  const page = await listWhole(step);
  const cursor = page === null ? startAt(allBelow) : nextCursor(page, row.since);
  const next = { ...row, cursor, pages: row.pages + 1 };
  await stores.database.transaction(async (tx) => {
    await recordEntries(step, page ?? noEntries, tx);
    await noteUnreadable(step, page ?? noEntries, tx);
    await stores.imports.advance(next, tx);
  });
  return next;
}

const startAt = (cursor: string): string => `${cursor}${Number.MAX_SAFE_INTEGER}`;

/** A list that fails so often in a row is given up for single reading. */
const mostFailures = 2;

/** `null` where this repository has no activity of the whole, or Bitbucket fails on it again and again. */
async function listWhole({
  api,
  workspace,
  repositoryUuid,
  row,
  failures,
}: ImportStep): Promise<Page<ActivityEntry> | null> {
  try {
    return await api.listActivity(workspace, repositoryUuid, { number: null, cursor: row.cursor });
  } catch (error) {
    if (isRefused(error) || (error instanceof BitbucketUnavailable && failures >= mostFailures)) return null;
    throw error;
  }
}

/** 400 too: where this list is not known, `activity` may be taken for a wrong number. */
function isRefused(error: unknown): boolean {
  return isRefusal(error) || (error instanceof BitbucketUnavailable && error.status === 400);
}

function nextCursor(page: Page<ActivityEntry>, since: number): string {
  const instants = page.items.flatMap(({ activity }) => (activity === null ? [] : [activity.at]));
  return page.next === null || endsBefore(instants, since) ? startAt(oldOnesBelow) : page.next;
}

async function recordEntries(
  { stores, workspace, repositoryUuid }: ImportStep,
  page: Page<ActivityEntry>,
  tx: Transaction,
): Promise<void> {
  const activities = page.items.flatMap(({ number, activity }) => (activity === null ? [] : [{ number, activity }]));
  // An edit after the merge is an `update` with state MERGED too; of several the store keeps the earliest.
  const times = page.items.flatMap(({ number, mergedAt }) =>
    mergedAt === null ? [] : [{ number, source: 'activity' as const, at: mergedAt }],
  );
  await recordFacts(stores, { workspace, repositoryUuid, tx }, { activities, mergeTimes: times });
}

async function readSingle(step: ImportStep, { number, updatedAt }: StoredPullRequest): Promise<void> {
  const { stores, clock, api, workspace, repositoryUuid } = step;
  const place = { workspace, repositoryUuid };
  const activity = await readActivityOf(api, { ...place, number });
  const { mergedAt } = activity;
  const mergeTimes = mergedAt === null ? [] : [{ number, source: 'activity' as const, at: mergedAt }];
  const read = toActivityFacts(number, activity, findAsOf(updatedAt, clock));
  await recordFacts(stores, place, { ...read, mergeTimes });
}

/** Its merge has other witnesses; where it is refused there is nothing to wait for. */
async function putAside(step: ImportStep, number: number, error: unknown): Promise<void> {
  if (!isRefused(error)) return putPullRequestAside(step, number, error);
  const { stores, clock, workspace, repositoryUuid } = step;
  const problem = describeProblem(error);
  const noted = { repositoryUuid, number, what: 'pull_request' as const, problem, since: clock.now() };
  await stores.readingProblems.note(workspace, noted);
}

async function readSingles(step: ImportStep, from: { isOldOnly: boolean; below: number }): Promise<RepositoryImport> {
  const { stores, workspace, repositoryUuid, row } = step;
  const listed = await stores.pullRequests.list(workspace, repositoryUuid, {
    below: from.below,
    ...(from.isOldOnly ? { openedBefore: row.since } : {}),
    limit: singlesAStep,
  });
  const wanted = listed.filter(({ state }) => state === 'OPEN' || state === 'MERGED');
  await readEach(step, wanted, {
    read: (one) => readSingle(step, one),
    putAside: ({ number }, error) => putAside(step, number, error),
  });
  const last = listed.at(-1);
  const below = `${from.isOldOnly ? oldOnesBelow : allBelow}${last?.number ?? 0}`;
  const next: RepositoryImport =
    last === undefined ? { ...row, cursor: null, phase: 'history' } : { ...row, cursor: below };
  await stores.imports.advance(next);
  return next;
}
