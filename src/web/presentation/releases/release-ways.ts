import { parseDeployId } from '../../../domain/deployments/deploy-id';
import type { Incident } from '../../../domain/incidents/incident';
import { isWithheld } from '../../../reporting/delivery/withhold';
import type { Links } from '../../routing/paths';
import { toQuery } from '../filter/page-filter';
import type { PageContext } from '../frame/page-context';

/** The ways to days and releases from a page; its range and, to a day, its filters go along. */
export interface ReleaseWays {
  readonly timezone: string;
  readonly now: number;
  /** `day`: a local date. */
  readonly toDayHref: (day: string) => string;
  readonly toReleaseHref: (repositoryUuid: string, number: number) => string;
  readonly toTimeLineHref: (repositoryUuid: string, number: number) => string;
}

/** A page of one thing keeps the range for the way back, and no filter. */
export function buildReleaseWays(
  { page, repository, now, timezone }: Pick<PageContext, 'page' | 'repository' | 'now' | 'timezone'>,
  links: Links,
): ReleaseWays {
  const query = toQuery(page, { sort: null });
  const ofOne = { ...query, system: null, team: null };
  return {
    now,
    timezone,
    toDayHref: (day) => links.page('day', { repository: repository?.uuid ?? null, ...query, day }),
    toReleaseHref: (uuid, number) => links.page('release', { repository: uuid, release: number, ...ofOne }),
    toTimeLineHref: (uuid, number) => links.page('pullRequest', { repository: uuid, number, ...ofOne }),
  };
}

/** Where an incident is told: on the page of the deployment that failed, else of what ended it; `null`: nowhere. */
export function buildIncidentHref(
  { deployId, incidentId }: Pick<Incident, 'deployId' | 'incidentId'>,
  { toReleaseHref }: Pick<ReleaseWays, 'toReleaseHref'>,
): string | null {
  const told = parseDeployId(deployId ?? (isWithheld(incidentId) ? '' : incidentId));
  return told === null ? null : toReleaseHref(told.repositoryUuid, told.number);
}
