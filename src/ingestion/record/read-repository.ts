import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import { NotFoundInBitbucket } from '../../bitbucket/client/errors';
import { planRepositoryImports } from '../plans/import-plan';
import type { WorkParts } from '../requests/work-parts';
import type { JobHandler } from '../jobs/job-handler';
import { mayAsk } from './reach';

export const readRepositoryKind = 'read-repository';

/** One repository, and the API to ask for it. */
export interface AskedRepository {
  readonly api: BitbucketApi;
  readonly workspace: string;
  readonly repositoryUuid: string;
}

/**
 * Reads one repository (name, slug, default branch) again. Its history is imported too if it never was, if it comes
 * back, if it had none when it was looked at, and with the payload `import`. One that is not there, or belongs to
 * another workspace (the fork in a notice), is left alone. That a notice calls it deleted, or a list leaves it out, is a
 * claim: its own answer decides.
 */
export function createReadRepository(parts: WorkParts): JobHandler {
  const { stores, open } = parts;
  return {
    lane: 'live',
    async run({ workspace, key: repositoryUuid, payload }) {
      if (!(await mayAsk(parts, workspace, repositoryUuid))) return 'done';
      const asked = { api: open(workspace, 'live'), workspace, repositoryUuid };
      const before = await stores.repositories.get(workspace, repositoryUuid);
      if ((await recordRepository(parts, asked)) === 'gone') return 'done';
      const isBack = (before?.goneAt ?? null) !== null;
      const isWanted = payload === 'import' || isBack || (await hasNoHistory(parts, asked));
      if (isWanted) await planRepositoryImports(parts, workspace, [repositoryUuid]);
      return 'done';
    },
  };
}

/** Never looked at; or, as one that is being filled from elsewhere, looked at and found without a pull request. */
async function hasNoHistory(
  { stores }: Pick<WorkParts, 'stores'>,
  { workspace, repositoryUuid }: Omit<AskedRepository, 'api'>,
): Promise<boolean> {
  const row = await stores.imports.get(workspace, repositoryUuid);
  return row === null || (row.phase === 'done' && row.listed === 0);
}

/**
 * Asks for one repository by itself and writes down what is said. Only this 404 says that it is gone; whatever else is
 * wrong with the answer says nothing about it and is thrown.
 */
export async function recordRepository(
  { stores, clock }: Pick<WorkParts, 'stores' | 'clock'>,
  { api, workspace, repositoryUuid }: AskedRepository,
): Promise<'present' | 'gone'> {
  const { changeToldAt = null } = (await stores.repositories.get(workspace, repositoryUuid)) ?? {};
  try {
    const repository = await api.getRepository(workspace, repositoryUuid);
    await stores.repositories.saveAll(workspace, [{ ...repository, readAt: clock.now(), changeToldAt }]);
    return 'present';
  } catch (error) {
    if (!(error instanceof NotFoundInBitbucket)) throw error;
    await stores.repositories.markGone(workspace, repositoryUuid, clock.now());
    return 'gone';
  }
}
