import { earliestDate, latestDate } from '../../../domain/calendar/date-range';
import type { DeploymentItem, IncidentItem } from '../../../reporting/answers/rows';
import type { Snapshot } from '../../../reporting/snapshot';
import type { DeliveryFilter } from '../../../reporting/filter/delivery-filter';
import type { RowPage, Rows } from '../../../reporting/filter/row-page';

/** Which rows of a list are wanted, and which part of them. */
export interface RowsQuestion {
  readonly filter: DeliveryFilter;
  readonly page: RowPage;
}

/** All rows at once. */
export const everything = { limit: Number.MAX_SAFE_INTEGER, cursor: null };

/** The incidents of all time, whichever team's they are. */
export function listIncidentsWhenever(
  snapshot: Pick<Snapshot, 'listIncidents'>,
  filter: DeliveryFilter,
): readonly IncidentItem[] {
  return snapshot.listIncidents({ ...filter, from: earliestDate, to: latestDate, teams: [] }, everything).items;
}

/**
 * The deployments of a range that some incident names, whenever it happened and whoever it is blamed on: exactly those
 * that a share counts. All at once: they are few.
 */
export function listByIncident(
  snapshot: Pick<Snapshot, 'listDeployments' | 'listIncidents'>,
  { filter, page }: RowsQuestion,
  toDeployId: (incident: IncidentItem) => string | null,
): Rows<DeploymentItem> {
  if (page.cursor !== null) {
    return { items: [], next: null };
  }
  const deployments = snapshot.listDeployments(filter, everything);
  const named = new Set(listIncidentsWhenever(snapshot, filter).map(toDeployId));
  const found = deployments.items.filter(({ deploy_id: id }) => named.has(id));
  return { items: page.isOldestFirst === true ? found.toReversed() : found, next: null };
}
