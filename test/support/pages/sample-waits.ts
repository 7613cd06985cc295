import type { OpenWait, OpenWaits } from '../../../src/reporting/reviews/open-waits';
import { buildOpenItem } from './sample-reviews';

const hour = 3_600;
/** The samples' now. */
const now = Date.parse('2026-11-18T10:20:00Z');

/** The open pull request `id`, which has waited for its first review by Mira and Jon for as many hours, usually 11. */
export function buildWait(id: number, change: Partial<OpenWait> = {}): OpenWait {
  const waited = change.waited ?? id * hour;
  const usual = change.usual === undefined ? { seconds: 11 * hour, n: 40, of: 'repository' as const } : change.usual;
  return {
    item: buildOpenItem(id),
    waitsFor: 'first_review',
    whom: [
      { uuid: '{jon}', displayName: 'Jon' },
      { uuid: '{mira}', displayName: 'Mira' },
    ],
    since: now - waited * 1000,
    waited,
    usual,
    over: usual && waited - usual.seconds,
    aside: null,
    ...change,
  };
}

const ada = [{ uuid: '{a0000000-0000-4000-8000-00000000000a}', displayName: 'Ada' }];

/** One that waits for a review, one for its author, one to be merged, one that is old and one of a bot. */
export function buildOpenWaits(change: Partial<OpenWaits> = {}): OpenWaits {
  const reviewed = { phase: 'reviewed', reviews: 2 } as const;
  return {
    waits: [
      buildWait(80, { waitsFor: 'changes', whom: ada, item: buildOpenItem(80, reviewed) }),
      buildWait(40),
      buildWait(6, { waitsFor: 'merge', whom: ada, item: buildOpenItem(6, { phase: 'approved' }) }),
      buildWait(5, { aside: 'old', item: buildOpenItem(120) }),
      buildWait(4, { aside: 'bot', item: buildOpenItem(4, { phase: 'approved' }) }),
    ],
    load: { reviews: 3, people: 4, byReviews: [2, 1, 1, 0, 0, 0] },
    asOf: now,
    ...change,
  };
}
