import { BitbucketUnavailable, Forbidden, NotFoundInBitbucket } from '../../bitbucket/client/errors';
import type { StoredPullRequest } from '../../store/pull-requests/stored-pull-request';
import type { JobHandler } from '../jobs/job-handler';
import { describeProblem } from '../jobs/describe-problem';
import { isSettled } from '../plans/import-plan';
import { mayAsk } from '../record/reach';
import { recordFacts } from '../record/recorder';
import type { WorkParts } from '../requests/work-parts';
import type { ImportStep } from './import-step';
import { readEach } from './put-aside';

const sizesAStep = 5;
/** While repositories are still being imported, sizes look again after this time. */
const afterImports = 15_000;

type Step = Omit<ImportStep, 'row'>;

/**
 * Reads the lines added and removed of merged and open pull requests, one request a pull request, newest first: what
 * costs most comes last, in the budget that everything else has left.
 */
export function createReadSizes(parts: WorkParts): JobHandler {
  const { stores, clock } = parts;
  return {
    lane: 'import',
    async run({ workspace, key: repositoryUuid, attempts }) {
      if (!(await mayAsk(parts, workspace, repositoryUuid))) return 'done';
      const imports = await stores.imports.list(workspace);
      const isImporting = !imports.every(isSettled);
      if (isImporting) return { againAt: clock.now() + afterImports };
      const where = { needs: 'size' as const, limit: sizesAStep };
      const wanted = await stores.pullRequests.list(workspace, repositoryUuid, where);
      const api = parts.open(workspace, 'import');
      const step = { ...parts, api, workspace, repositoryUuid, failures: attempts };
      await readEach(step, wanted, {
        read: (one) => readOne(step, one),
        putAside: (one, error) => putAside(step, one, error),
      });
      return wanted.length < sizesAStep ? 'done' : { againAt: clock.now() };
    },
  };
}

async function readOne({ stores, api, workspace, repositoryUuid }: Step, one: StoredPullRequest): Promise<void> {
  const { number } = one;
  const head = one.source.hash;
  const place = { workspace, repositoryUuid };
  try {
    const size = await api.getSize(workspace, repositoryUuid, {
      diffstatUrl: one.diffstatUrl,
      sourceHash: head,
      destinationHash: one.destination.hash,
      sourceFullName: one.source.repositoryFullName,
      number,
    });
    await recordFacts(stores, place, { sizes: [{ number, head, ...size }] });
    await stores.readingProblems.clear(workspace, { repositoryUuid, number, what: 'size' });
  } catch (error) {
    const problem = toProblem(error);
    if (problem === null) throw error;
    await recordFacts(stores, place, { sizes: [{ number, head, problem }] });
  }
}

/** Unknown for now, and named; it is asked for again when everything is compared with Bitbucket. */
async function putAside(
  { stores, clock, workspace, repositoryUuid }: Step,
  { number, source }: StoredPullRequest,
  error: unknown,
): Promise<void> {
  const problem = describeProblem(error);
  await stores.database.transaction(async (tx) => {
    const sizes = [{ number, head: source.hash, problem }];
    await recordFacts(stores, { workspace, repositoryUuid, tx }, { sizes });
    const noted = { repositoryUuid, number, what: 'size' as const, problem, since: clock.now() };
    await stores.readingProblems.note(workspace, noted, tx);
  });
}

/** A diff that cannot be had stays unknown: it is never asked again, and never guessed. */
function toProblem(error: unknown): string | null {
  if (error instanceof NotFoundInBitbucket) return 'The branches of its diff are gone.';
  if (error instanceof Forbidden) return 'Bitbucket does not show its diff.';
  // 555: the diff is so large that Bitbucket gives up on it, every time.
  if (error instanceof BitbucketUnavailable && error.status === 555) return 'Its diff is too large for Bitbucket.';
  return null;
}
