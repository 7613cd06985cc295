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
 * Reads one repository (name, slug, default branch) again; with the payload `import`, or if it never was, its history
 * is imported too. One that is not there, or belongs to another workspace (the fork in a notice), is left alone. That a
 * notice calls it deleted, or a list leaves it out, is a claim: its own answer decides.
 */
export function createReadRepository(parts: WorkParts): JobHandler {
  const { stores, open } = parts;
  return {
    lane: 'live',
    async run({ workspace, key: repositoryUuid, payload }) {
      if (!(await mayAsk(parts, workspace, repositoryUuid))) return 'done';
      const asked = { api: open(workspace, 'live'), workspace, repositoryUuid };
      if ((await recordRepository(parts, asked)) === 'gone') return 'done';
      const isNew = (await stores.imports.get(workspace, repositoryUuid)) === null;
      if (payload === 'import' || isNew) await planRepositoryImports(parts, workspace, [repositoryUuid]);
      return 'done';
    },
  };
}

/**
 * Asks for one repository by itself and writes down what is said. Only this 404 says that it is gone; whatever else is
 * wrong with the answer says nothing about it and is thrown.
 */
export async function recordRepository(
  { stores, clock }: Pick<WorkParts, 'stores' | 'clock'>,
  { api, workspace, repositoryUuid }: AskedRepository,
): Promise<'present' | 'gone'> {
  try {
    const repository = await api.getRepository(workspace, repositoryUuid);
    await stores.repositories.saveAll(workspace, [{ ...repository, readAt: clock.now() }]);
    return 'present';
  } catch (error) {
    if (!(error instanceof NotFoundInBitbucket)) throw error;
    await stores.repositories.markGone(workspace, repositoryUuid, clock.now());
    return 'gone';
  }
}
