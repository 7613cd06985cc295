import { toAnyScenario, type AnyScenario } from './scenario';
import { forgedInstalls } from './scenarios/forged-installs';
import { fullDisk } from './scenarios/full-disk';
import { hostileBodies } from './scenarios/hostile-bodies';
import { locks, locksPostgres } from './scenarios/locks';
import { queries } from './scenarios/queries';
import { sigterm } from './scenarios/sigterm';
import { starvation } from './scenarios/starvation';

/** Every scenario, in the order in which they run. */
export const allScenarios: readonly AnyScenario[] = [
  sigterm,
  fullDisk,
  forgedInstalls,
  hostileBodies,
  toAnyScenario(queries),
  starvation,
  locks,
  locksPostgres,
];
