import { isRefusal, stopsEverything } from '../../bitbucket/client/errors';
import type { Page } from '../../bitbucket/client/pages';
import type { Transaction } from '../../store/database/transaction';
import { describeProblem } from '../jobs/describe-problem';
import { planReading, readWhole } from '../plans/reading-plan';
import type { ImportStep } from './import-step';

/** When nothing at all of a step is answered, Bitbucket is ill and not the single pull request: for about five minutes. */
const mostFailuresOfAll = 6;
const mostFailuresOfOne = 2;
const enoughToTell = 3;

type Where = Pick<ImportStep, 'stores' | 'clock' | 'workspace' | 'repositoryUuid' | 'failures'>;

/**
 * Reads one thing after the other. What Bitbucket fails on is named and put aside as work of its own, so that it holds
 * up none of those after it; unless it fails on all of them: then the whole step is tried again first.
 * @throws RateLimited, AccessRevoked
 */
export async function readEach<T extends { readonly number: number }>(
  step: Where,
  wanted: readonly T[],
  { read, putAside }: { read: (one: T) => Promise<void>; putAside: (one: T, error: unknown) => Promise<void> },
): Promise<void> {
  const failed: { one: T; error: unknown }[] = [];
  let tried = 0;
  for (const one of wanted) {
    const error = await findFailure(() => read(one));
    tried += 1;
    if (error !== null) failed.push({ one, error });
    if (failed.length === tried && tried >= Math.min(wanted.length, enoughToTell)) throwIfIll(step, wanted, error);
  }
  for (const { one, error } of failed) await putAside(one, error);
}

/** `null`: it went well. @throws RateLimited, AccessRevoked */
async function findFailure(work: () => Promise<void>): Promise<unknown> {
  try {
    await work();
    return null;
  } catch (error) {
    if (stopsEverything(error)) throw error;
    return error;
  }
}

/** Nothing was answered so far: the step is tried again later, unless that has gone on for too long. */
function throwIfIll(step: Where, wanted: readonly unknown[], error: unknown): void {
  const most = wanted.length > 1 ? mostFailuresOfAll : mostFailuresOfOne;
  if (step.failures < most && !isRefusal(error)) throw error;
}

/** Named at once, and read by the live reading, which tries again and knows when it can be read. */
export async function putPullRequestAside(step: Where, number: number, error: unknown): Promise<void> {
  const { stores, clock, workspace, repositoryUuid } = step;
  const problem = describeProblem(error);
  await stores.database.transaction(async (tx) => {
    const noted = { repositoryUuid, number, what: 'pull_request' as const, problem, since: clock.now() };
    await stores.readingProblems.note(workspace, noted, tx);
    await planReading(step, { workspace, repositoryUuid, number }, { payload: readWhole, tx });
  });
}

/** An entry of a list that nobody understands is missing from what was read: that is said, and not passed over. */
export async function noteUnreadable(
  { stores, clock, workspace, repositoryUuid }: Where,
  { unreadable }: Pick<Page<unknown>, 'unreadable'>,
  tx: Transaction,
): Promise<void> {
  const [first] = unreadable;
  if (first === undefined) return;
  const problem = `${unreadable.length} entries of a list could not be understood (${first}); they are left out.`;
  const noted = { repositoryUuid, number: 0, what: 'list' as const, problem, since: clock.now() };
  await stores.readingProblems.note(workspace, noted, tx);
}
