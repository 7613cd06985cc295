import { toAnyScenario, type AnyScenario } from './scenario';
import { queries } from './scenarios/queries';

/** Every scenario, in the order in which they run. */
export const allScenarios: readonly AnyScenario[] = [toAnyScenario(queries)];
import type { AnyScenario } from './scenario';
import { forgedInstalls } from './scenarios/forged-installs';
import { hostileBodies } from './scenarios/hostile-bodies';

/** Every scenario, in the order in which they run. */
export const allScenarios: readonly AnyScenario[] = [forgedInstalls, hostileBodies];
import type { AnyScenario } from './scenario';
import { fullDisk } from './scenarios/full-disk';
import { sigterm } from './scenarios/sigterm';

/** Every scenario, in the order in which they run. */
export const allScenarios: readonly AnyScenario[] = [sigterm, fullDisk];
