import { compareText } from '../compare-text';
import type { Instant } from '../instant';
import type { Incident } from './incident';

/** Failures of one repository that are told together. */
export interface FailureEvent {
  /** With braces. */
  readonly repositoryUuid: string;
  /** At least one, in the order of their beginnings. */
  readonly incidents: readonly Incident[];
  /** When the first incident was created. */
  readonly beginsAt: Instant;
  /** When the last one was resolved; `null`: one of them is not. */
  readonly endsAt: Instant | null;
  /** `deploy_id` of the deployments that are blamed, and of those that ended an incident; each once, in that order. */
  readonly failed: readonly string[];
  readonly fixes: readonly string[];
}

/** Failures no further apart are one event. */
export const apartAtMost = 48 * 3_600_000;

/**
 * Incidents of one repository as events (docs/definitions.md, 4): the next one belongs to the event where it begins
 * within 48 hours of the last thing known of the incidents before. Each incident is in exactly one event, in whatever
 * order they come; an event has no longest length.
 */
export function groupFailures(incidents: readonly Incident[]): FailureEvent[] {
  const ordered = incidents.toSorted(compareBeginnings);
  const bySystem = new Map<string, Incident[][]>();
  const lastOf = new Map<string, Instant>();
  for (const incident of ordered) {
    const { repositoryUuid } = incident;
    const groups = bySystem.get(repositoryUuid) ?? [];
    bySystem.set(repositoryUuid, groups);
    const last = lastOf.get(repositoryUuid);
    if (last === undefined || findFirst(incident) - last > apartAtMost) groups.push([incident]);
    else groups.at(-1)?.push(incident);
    lastOf.set(repositoryUuid, Math.max(last ?? Number.NEGATIVE_INFINITY, findLast(incident)));
  }
  return [...bySystem.values()]
    .flat()
    .map(toEvent)
    .sort((one, other) => one.beginsAt - other.beginsAt || compareText(one.repositoryUuid, other.repositoryUuid));
}

/** Dates of commits may contradict the merge: an incident reaches from the earlier to the later of its moments. */
function findFirst({ createdAt, resolvedAt }: Incident): Instant {
  return Math.min(createdAt, resolvedAt ?? createdAt);
}

/** Of one that goes on no more is known than when it was created. */
function findLast({ createdAt, resolvedAt }: Incident): Instant {
  return Math.max(createdAt, resolvedAt ?? createdAt);
}

function compareBeginnings(one: Incident, other: Incident): number {
  return findFirst(one) - findFirst(other) || compareText(one.incidentId, other.incidentId);
}

function toEvent(incidents: readonly Incident[]): FailureEvent {
  const isOpen = incidents.some(({ resolvedAt }) => resolvedAt === null);
  const listOnce = (ids: readonly (string | null)[]) => [...new Set(ids.filter((id) => id !== null))];
  return {
    repositoryUuid: incidents[0]?.repositoryUuid ?? '',
    incidents,
    beginsAt: Math.min(...incidents.map(({ createdAt }) => createdAt)),
    endsAt: isOpen ? null : Math.max(...incidents.map(({ resolvedAt }) => resolvedAt ?? 0)),
    failed: listOnce(incidents.map(({ deployId }) => deployId)),
    fixes: listOnce(incidents.map(({ fixDeployId }) => fixDeployId)),
  };
}
