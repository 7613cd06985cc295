import { earliestDate, latestDate } from '../../../domain/calendar/date-range';
import type { IncidentItem } from '../../../reporting/answers/rows';
import type { Snapshot } from '../../../reporting/snapshot';
import type { DeliveryFilter } from '../../../reporting/filter/delivery-filter';
import type { RowPage } from '../../../reporting/filter/row-page';

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

/** Every incident that its reader may see, as it counts. */
export function everyIncident({ listIncidents }: Pick<Snapshot, 'listIncidents'>): readonly IncidentItem[] {
  const always = { from: earliestDate, to: latestDate, interval: 'month' } as const;
  return listIncidents({ ...always, systems: [], teams: [], isRaw: false }, everything).items;
}
