import type { OpenBitbucket } from '../bitbucket-access';
import type { JobHandler } from '../jobs/job-handler';
import type { Clock } from '../../domain/clock';
import type { Stores } from '../../store/stores';
import { NotFoundInBitbucket } from '../../bitbucket/errors';

export const readRepositoryKind = 'read-repository';

export interface ReadRepositoryParts {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly open: OpenBitbucket;
  readonly startImport: (workspace: string, repositoryUuid: string) => Promise<void>;
}

/**
 * Reads one repository (name, slug, default branch) again; with the payload `import` its history is imported too.
 * One that is not there, or belongs to another workspace (the fork in a notice), is left alone.
 */
export function createReadRepository({ stores, clock, open, startImport }: ReadRepositoryParts): JobHandler {
  return {
    lane: 'live',
    async run({ workspace, key: repositoryUuid, payload }) {
      if ((await stores.connections.getLive(workspace)) === null) return 'done';
      try {
        const repository = await open(workspace, 'live').getRepository(workspace, repositoryUuid);
        await stores.repositories.saveAll(workspace, [{ ...repository, readAt: clock.now() }]);
      } catch (error) {
        if (!(error instanceof NotFoundInBitbucket)) throw error;
        await stores.repositories.markGone(workspace, repositoryUuid, clock.now());
        return 'done';
      }
      if (payload === 'import') await startImport(workspace, repositoryUuid);
      return 'done';
    },
  };
}
