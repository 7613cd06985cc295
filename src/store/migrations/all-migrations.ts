import { firstSchema } from './0001-first-schema';
import { reviewsAndCorrections } from './0002-reviews-and-corrections';
import { whatBitbucketLeavesOpen } from './0003-what-bitbucket-leaves-open';
import { keyAndClock } from './0004-key-and-clock';
import { oneConnection } from './0005-one-connection';
import { deploymentsAndIncidents } from './0006-deployments-and-incidents';
import { waysInAndViewers } from './0007-ways-in-and-viewers';
import { finishedColumns } from './0008-finished-columns';
import { deliveriesByDay } from './0009-deliveries-by-day';
import { toldChanges } from './0010-told-changes';
import { countedPullRequests } from './0011-counted-pull-requests';
import { changedPeople } from './0012-changed-people';
import { pendingReinstalls } from './0013-pending-reinstalls';
import { proofLine } from './0014-proof-line';
import { jobsByWorkspace } from './0015-jobs-by-workspace';
import { tokenMakers } from './0016-token-makers';
import { toldTruth } from './0017-told-truth';
import { healthProbe } from './0018-health-probe';
import { reviewers } from './0019-reviewers';
import { savedViews } from './0022-saved-views';
import type { Migration } from './migration';

export const allMigrations: readonly Migration[] = [
  firstSchema,
  reviewsAndCorrections,
  whatBitbucketLeavesOpen,
  keyAndClock,
  oneConnection,
  deploymentsAndIncidents,
  waysInAndViewers,
  finishedColumns,
  deliveriesByDay,
  toldChanges,
  countedPullRequests,
  changedPeople,
  pendingReinstalls,
  proofLine,
  jobsByWorkspace,
  tokenMakers,
  toldTruth,
  healthProbe,
  reviewers,
  savedViews,
];
