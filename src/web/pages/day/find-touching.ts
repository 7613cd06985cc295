import type { FailureEvent } from '../../../domain/incidents/group-failures';
import type { Incident } from '../../../domain/incidents/incident';
import type { ReleaseItem } from '../../../reporting/delivery/release-items';
import type { DaySpan } from './lanes-view';

interface Touching {
  readonly events: readonly FailureEvent[];
  /** The deployments of the day. */
  readonly releases: readonly Pick<ReleaseItem, 'deployId'>[];
  readonly span: DaySpan;
  readonly now: number;
}

/**
 * The events that are told on a day: those of which an incident goes on at some moment of it, or names one of its
 * deployments. `incidents`: those that go on, which are drawn.
 */
export function findTouching({ events, releases, span, now }: Touching) {
  const ids = new Set(releases.map(({ deployId }) => deployId));
  const goesOn = ({ createdAt, resolvedAt }: Incident) =>
    createdAt < span.endAt && Math.max(createdAt, resolvedAt ?? now) >= span.startAt;
  const isNamed = ({ deployId, fixDeployId }: Incident) => ids.has(deployId ?? '') || ids.has(fixDeployId ?? '');
  const touching = events.filter(({ incidents }) => incidents.some((one) => goesOn(one) || isNamed(one)));
  return { events: touching, incidents: touching.flatMap(({ incidents }) => incidents.filter(goesOn)) };
}
