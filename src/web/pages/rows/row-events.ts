import type { Incident } from '../../../domain/incidents/incident';
import type { OpenedPage, PageContext } from '../../presentation/frame/page-context';
import { createFindOutcome } from '../../presentation/releases/outcome';
import { buildReleaseWays } from '../../presentation/releases/release-ways';
import { buildStory, type ToldEvent } from '../../presentation/releases/story-view';
import { tellEvents } from '../../presentation/releases/tell-events';
import { everything } from '../../presentation/rows/list-by-incident';
import { eventTexts } from '../../presentation/rows/words';
import type { Links } from '../../routing/paths';

/** The events that some incidents of a list are part of. */
export interface RowEvents {
  /** How many there are. */
  readonly count: number;
  /** The newest of them, newest first. */
  readonly told: readonly ToldEvent[];
  /** Whether or not they are of the list. */
  readonly incidents: readonly Incident[];
}

/** More than these are looked up on the days that they are of. */
const mostTold = 5;
/** No more than these stand above the list without being asked for. */
const mostOpen = 1;

/** An incident alone is told by its row. `null`: there is no event of several. */
export async function readEvents({ snapshot, filter, now }: OpenedPage): Promise<RowEvents | null> {
  const listed = new Set(snapshot.listIncidents(filter, everything).items.map((item) => item.incident_id));
  const { events, incidents } = snapshot.listFailures(filter);
  const several = events.filter(
    (event) => event.incidents.length > 1 && event.incidents.some(({ incidentId }) => listed.has(incidentId)),
  );
  if (several.length === 0) return null;
  const newest = several.toReversed().slice(0, mostTold);
  const told = await tellEvents(snapshot, { events: newest, around: now, isRaw: filter.isRaw });
  return { count: several.length, told, incidents };
}

/** Few are open above the list, many are folded. */
export function buildEvents({ count, told, incidents }: RowEvents, pageContext: PageContext, links: Links) {
  const context = {
    ...buildReleaseWays(pageContext, links),
    ...{ findOutcome: createFindOutcome(incidents), isForemost: () => false },
  };
  return {
    title: eventTexts.title(count),
    isOpen: count <= mostOpen,
    stories: told.map((one) => buildStory(one, context)),
    others: count > told.length ? eventTexts.others(count - told.length) : null,
  };
}
