import type { ListRepositoriesParts } from '../record/list-repositories';

export interface ReconciliationParts extends ListRepositoriesParts {
  readonly reconcileMinutes: number;
}
