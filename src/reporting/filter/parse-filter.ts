import { toLocalDate } from '../../domain/calendar/civil-day';
import { findLocalDay } from '../../domain/calendar/time-zone';
import type { WorkspaceVersion } from '../version/workspace-version';
import { parseDeliveryFilter, type ParsedFilter, type Query } from './delivery-filter';

/** What the caller may see: one repository, or with `null` the whole workspace. */
export interface Scope {
  readonly repositoryUuid: string | null;
}

/** Checks the filters of a query against what the workspace has, and its present day. */
export function parseFilter(
  { known, systems, now }: WorkspaceVersion,
  query: Query,
  { repositoryUuid }: Scope,
): ParsedFilter {
  const { settings, teams } = known;
  const today = toLocalDate(findLocalDay(now, settings.timezone));
  return parseDeliveryFilter(query, { today, systems: systems.items, teams, repositoryUuid });
}
