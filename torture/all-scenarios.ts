import type { AnyScenario } from './scenario';

/** Every scenario, in the order in which they run. */
export const allScenarios: readonly AnyScenario[] = [];
