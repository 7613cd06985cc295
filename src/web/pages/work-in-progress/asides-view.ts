import { workInProgressPhases } from '../../../domain/reviews/work-in-progress-phase';
import type { OpenWait } from '../../../reporting/reviews/open-waits';
import { words } from './words';

const mostRows = 50;

/** Leftovers and what bots opened, folded, with how many are in each phase. */
export function buildAsides<Row>(waits: readonly OpenWait[], toRows: (some: readonly OpenWait[]) => readonly Row[]) {
  return (['old', 'bot'] as const).flatMap((aside) => {
    const all = waits.filter((wait) => wait.aside === aside);
    if (all.length === 0) return [];
    const phases = workInProgressPhases
      .map((phase) => ({ phase, count: all.filter(({ item }) => item.phase === phase).length }))
      .filter(({ count }) => count > 0)
      .map(({ phase, count }) => words.phases[phase](count));
    return [
      {
        name: words.asides[aside](all.length),
        phases: phases.join(', '),
        rows: toRows(all.slice(0, mostRows)),
        rest: all.length > mostRows ? words.asides.most(mostRows, all.length) : null,
      },
    ];
  });
}
