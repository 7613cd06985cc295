import { NotFoundInBitbucket, UnreadablePayload } from '../../bitbucket/client/errors';
import { walkPages } from '../../bitbucket/client/pages';
import { computeAge, type Instant } from '../../domain/instant';
import type { RequestLane } from '../../domain/requests/request-window';
import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';
import type { StoredPullRequest } from '../../store/pull-requests/stored-pull-request';
import { planSizes } from '../plans/import-plan';
import type { JobHandler } from '../jobs/job-handler';
import { everyState, isOlder } from '../record/pull-request-list';
import { planReading, planReadings, readPullRequestKind, readWhole } from '../plans/reading-plan';
import { mayAsk } from '../record/reach';
import { recordRepository, type AskedRepository } from '../record/read-repository';
import { forgetSizes } from '../record/recorder';
import type { WorkParts } from '../requests/work-parts';
import { moveVerifiedAt } from '../plans/verified-at';
import { countRepairs } from './count-repairs';
import { createLearnReviewers } from './learn-reviewers';

export const compareRepositoryKind = 'reconcile-repository';
/** The same at once, in place of a notice: it does not wait for imports. */
export const compareMovedKind = 'compare-moved-repository';

const minute = 60_000;
/** Clocks differ, and a pull request may change while its page is read. */
export const overlap = 5 * minute;
/** So many readings that were given up are tried again with one comparison: more would eat the budget of everything. */
const mostRevived = 100;

interface Comparison extends AskedRepository {
  /** What was updated before is known. */
  readonly since: Instant;
}

/**
 * Lists the pull requests of one repository, newest change first, back to its own last comparison, and puts those that
 * differ from what is stored down to be read again. Only when all that was listed could be understood its mark moves,
 * to the moment this comparison began; until then it is tried again, named, and compared from the mark it has.
 */
export function createCompareRepository(
  parts: WorkParts,
  { lane, longestPauseMs }: { readonly lane: RequestLane; readonly longestPauseMs: number },
): JobHandler {
  const { stores, clock } = parts;
  const learnReviewers = createLearnReviewers(parts);
  return {
    lane,
    neverGivenUp: { longestPauseMs },
    async run({ workspace, key: repositoryUuid }) {
      const mark = await findMark(parts, workspace, repositoryUuid);
      if (mark === null) return 'done';
      const comparedAt = clock.now();
      const comparison = { api: parts.open(workspace, lane), workspace, repositoryUuid, since: mark.at - overlap };
      const unreadable = await compare(parts, comparison);
      if (unreadable === 'gone') return 'done';
      await planReadingsAgain(parts, comparison);
      await learnReviewers(comparison);
      if (unreadable.length > 0) throw new UnreadablePayload({ eventKey: null, problems: unreadable });
      const verifiedAt = parts.toMark(comparedAt);
      if (mark.isWrong) await stores.repositories.putVerifiedBack(workspace, repositoryUuid, verifiedAt);
      await stores.repositories.markVerified(workspace, repositoryUuid, verifiedAt);
      await moveVerifiedAt(parts, workspace);
      return 'done';
    },
    async noteTrouble({ workspace, key: repositoryUuid }, { problem }) {
      await stores.repositories.noteProblem(workspace, repositoryUuid, { problem, now: clock.now() });
    },
  };
}

interface Mark {
  /** What was updated before is known. */
  readonly at: Instant;
  /** The stored one is another: a clock that was ahead has set it. */
  readonly isWrong: boolean;
}

/** `null`: there is nothing to compare with, or nobody to ask. */
async function findMark(parts: WorkParts, workspace: string, uuid: string): Promise<Mark | null> {
  const { stores, clock } = parts;
  if (!(await mayAsk(parts, workspace, uuid))) return null;
  const repository = await stores.repositories.get(workspace, uuid);
  if (repository === null || repository.goneAt !== null || repository.verifiedAt === null) return null;
  const isWrong = computeAge(repository.verifiedAt, clock.now()) === Infinity;
  if (!isWrong) return { at: repository.verifiedAt, isWrong };
  // What came since is not known, but how far back the history was read is.
  return { at: (await stores.imports.get(workspace, uuid))?.since ?? repository.verifiedAt, isWrong };
}

/** What is wrong with the items that could not be understood. */
async function compare(parts: WorkParts, comparison: Comparison): Promise<readonly string[] | 'gone'> {
  const { api, workspace, repositoryUuid, since } = comparison;
  const ask = (cursor: string | null) =>
    api.listPullRequests(workspace, repositoryUuid, { states: everyState, cursor });
  const unreadable: string[] = [];
  try {
    for await (const page of walkPages(ask)) {
      await readWhatDiffers(parts, comparison, page.items);
      unreadable.push(...page.unreadable);
      if (isOlder(page.items, since)) break;
    }
  } catch (error) {
    if (!(error instanceof NotFoundInBitbucket)) throw error;
    if ((await recordRepository(parts, comparison)) === 'gone') return 'gone';
    throw error;
  }
  return unreadable;
}

function isKnown(
  stored: Pick<StoredPullRequest, 'updatedAt' | 'state'> | null,
  { updatedAt, state }: PullRequestSnapshot,
): boolean {
  return stored !== null && stored.updatedAt >= updatedAt && stored.state === state;
}

async function readWhatDiffers(
  parts: WorkParts,
  { workspace, repositoryUuid }: Comparison,
  listed: readonly PullRequestSnapshot[],
): Promise<void> {
  const { stores, clock } = parts;
  const [different, unfinished]: [PullRequestSnapshot[], PullRequestSnapshot[]] = [[], []];
  for (const one of listed) {
    const stored = await stores.pullRequests.get(workspace, repositoryUuid, one.number);
    if (!isKnown(stored, one)) different.push(one);
    else if (stored?.state === 'MERGED' && stored.mergeRecordedAt === null) unfinished.push(one);
  }
  const keys = [...different, ...unfinished].map(({ number }) => ({ repositoryUuid, number }));
  if (keys.length === 0) return;
  await stores.database.transaction(async (tx) => {
    const count = await countRepairs(parts, { workspace, repositoryUuid, different }, tx);
    await planReadings(parts, { workspace, keys, tx });
    await stores.repairs.add(workspace, { now: clock.now(), count }, tx);
  });
}

/**
 * What was asked for and could not be had is asked for again, now that the repository answers: the readings that were
 * given up, and what is named. The list does not show them, because a notice may have brought the pull request up to
 * date before.
 */
async function planReadingsAgain(parts: WorkParts, { workspace, repositoryUuid }: Comparison): Promise<void> {
  const { stores, clock } = parts;
  const keyPrefix = `${repositoryUuid}/`;
  const which = { workspace, kind: readPullRequestKind, keyPrefix, now: clock.now(), limit: mostRevived };
  await stores.givenUp.revive(which);
  const problems = await stores.readingProblems.list(workspace, repositoryUuid);
  for (const { number } of problems.filter(({ what }) => what === 'pull_request').slice(0, mostRevived)) {
    await planReading(parts, { workspace, repositoryUuid, number }, { payload: readWhole });
  }
  const unsized = problems.filter(({ what }) => what === 'size').map(({ number }) => number);
  if (unsized.length === 0) return;
  await forgetSizes(stores, { workspace, repositoryUuid }, unsized.slice(0, mostRevived));
  await planSizes(parts, { workspace, repositoryUuids: [repositoryUuid] });
}
