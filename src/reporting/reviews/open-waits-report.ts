import { toWaitGroup } from '../../domain/reviews/wait-group';
import type { OpenWaitsReport } from '../answers/open-waits';
import { formatTimestamp } from '../version/completeness';
import type { OpenWait, OpenWaits } from './open-waits';

/** What was found of waits, as the API answers it, beside what is told of the version. */
export function toOpenWaitsReport(
  { waits, load, asOf }: OpenWaits,
  { workspace, timezone, completeness }: Pick<OpenWaitsReport, 'workspace' | 'timezone' | 'completeness'>,
): OpenWaitsReport {
  return {
    workspace,
    totals: countWaits(waits),
    review_load: load && { reviews: load.reviews, people: load.people, by_reviews: load.byReviews },
    items: waits.map(toItem),
    as_of: formatTimestamp(asOf),
    timezone,
    completeness,
  };
}

/** Each is counted once: what stands aside, in none of the groups. */
function countWaits(waits: readonly OpenWait[]): OpenWaitsReport['totals'] {
  const totals = { open: waits.length, review: 0, merge: 0, author: 0, old: 0, bot: 0 };
  for (const wait of waits) totals[wait.aside ?? toWaitGroup(wait)] += 1;
  return totals;
}

function toItem({
  item,
  waitsFor,
  whom,
  since,
  waited,
  usual,
  over,
  aside,
}: OpenWait): OpenWaitsReport['items'][number] {
  const { id, system, title, author, draft, opened_at, url } = item;
  return {
    ...{ id, system, title, author, draft, opened_at, url },
    waits_for: waitsFor,
    whom: whom && whom.map(({ uuid, displayName }) => ({ uuid, display_name: displayName })),
    since: formatTimestamp(since),
    seconds: waited,
    usual_seconds: usual?.seconds ?? null,
    usual_of: usual?.of ?? null,
    over_usual: over,
    aside,
  };
}
