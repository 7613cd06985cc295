import type { ImportStatus } from '../../../src/ingestion/progress/import-status';

/** Nothing waits, nothing was given up or put right. */
export const noWork: ImportStatus['work'] = {
  ...{ jobs_waiting: 0, oldest_notice_seconds: null, given_up: 0 },
  repaired: { last_7_days: 0, total: 0 },
  bitbucket_ahead_seconds: null,
};
