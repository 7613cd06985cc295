import type { ImportProgress } from '../../../src/reporting/version/import-progress';

/** Of a connected workspace whose history is imported, as reporting is told it. */
export const noProgress: ImportProgress = {
  isImporting: false,
  isConnected: true,
  importing: null,
  polling: null,
  lastNoticeAt: null,
  hasLiveNotice: false,
  hasSavedSettings: false,
};
