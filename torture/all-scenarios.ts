import type { AnyScenario } from './support/scenario';
import { backups } from './scenarios/backups';
import { clockJumps } from './scenarios/clock-jumps';
import { crashPointsScenario } from './scenarios/crash-points';
import { droppedWebhooks } from './scenarios/dropped-webhooks';
import { forgedInstalls } from './scenarios/forged-installs';
import { fullDisk } from './scenarios/full-disk';
import { hostileBodies } from './scenarios/hostile-bodies';
import { importKilled } from './scenarios/import-killed';
import { locks, locksPostgres } from './scenarios/locks';
import { order } from './scenarios/order';
import { postgresKilled } from './scenarios/postgres-killed';
import { queries } from './scenarios/queries';
import { sigkill, sigkillPostgres } from './scenarios/sigkill';
import { sigterm } from './scenarios/sigterm';
import { starvation } from './scenarios/starvation';

/** Every scenario, in the order in which they run. */
export const allScenarios: readonly AnyScenario[] = [
  sigkill,
  sigkillPostgres,
  postgresKilled,
  crashPointsScenario,
  importKilled,
  droppedWebhooks,
  order,
  backups,
  sigterm,
  fullDisk,
  locks,
  locksPostgres,
  clockJumps,
  starvation,
  forgedInstalls,
  hostileBodies,
  queries,
];
