import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import type { RepositoryImport } from '../../store/repositories/import-store';
import type { WorkParts } from '../requests/work-parts';

/** One step of the import of one repository: mostly one page. */
export interface ImportStep extends WorkParts {
  readonly api: BitbucketApi;
  readonly workspace: string;
  readonly repositoryUuid: string;
  /** How far it has come. */
  readonly row: RepositoryImport;
  /** How often this step has failed before. */
  readonly failures: number;
}

/**
 * A phase reads one page (or a few single things), writes what it read together with how far it came in one
 * transaction, and returns the new state: killed at any moment, the import goes on at the same page.
 */
export type ImportPhase = (step: ImportStep) => Promise<RepositoryImport>;
