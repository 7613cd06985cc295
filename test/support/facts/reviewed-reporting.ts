import { createReporting, type Reporting } from '../../../src/reporting/reporting';
import { noProgress } from './no-progress';
import { day } from '../builders';
import { createFixedClock } from '../fixed-clock';
import type { TestStores } from '../test-database';
import { openWorkspaceStores } from '../workspace-stores';
import { reviewedNow, saveReviewedWorld } from './reviewed-world';

/** The reports on the reviewed world, over a database of its own; the caller closes the stores. */
export async function openReviewedReporting(): Promise<{ stores: TestStores; reporting: Reporting }> {
  const stores = await openWorkspaceStores('sqlite', reviewedNow - day);
  await saveReviewedWorld(stores);
  const reporting = createReporting(stores, {
    clock: createFixedClock(reviewedNow),
    bitbucketUrl: 'https://bitbucket.org',
    loadProgress: async () => noProgress,
  });
  return { stores, reporting };
}
