import { workInProgressPhases } from '../../../domain/reviews/work-in-progress-phase';
import type { OpenWait } from '../../../reporting/reviews/open-waits';
import type { WaitEdits } from './wait-edits';
import { words } from './words';

const mostRows = 50;

/** Leftovers and what bots opened, folded, with how many are in each phase. */
export function buildAsides<Row extends Pick<WaitEdits, 'lines'>>(
  waits: readonly OpenWait[],
  toRows: (some: readonly OpenWait[]) => readonly Row[],
) {
  return (['old', 'bot'] as const).flatMap((aside) => {
    const all = waits.filter((wait) => wait.aside === aside);
    if (all.length === 0) return [];
    const phases = workInProgressPhases
      .map((phase) => ({ phase, count: all.filter(({ item }) => item.phase === phase).length }))
      .filter(({ count }) => count > 0)
      .map(({ phase, count }) => words.phases[phase](count));
    const rows = toRows(all.slice(0, mostRows));
    return [
      {
        name: words.asides[aside](all.length),
        phases: phases.join(', '),
        rows,
        // What came of a button has the focus, which nothing folded can have.
        isOpen: rows.some(({ lines }) => lines.some(({ isNew }) => isNew)),
        rest: all.length > mostRows ? words.asides.most(mostRows, all.length) : null,
      },
    ];
  });
}
