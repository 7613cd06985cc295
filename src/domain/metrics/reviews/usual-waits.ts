import type { WorkspaceColumns } from '../../columns/month-columns';
import type { Instant } from '../../instant';
import type { Phase } from '../../reviews/phase';
import { toPercentilesInSeconds } from '../durations';
import { isEnoughToTell } from '../enough-to-tell';
import { readRows } from '../selection/read-numbers';
import { selectMonthRows } from '../selection/select-rows';

/** How long a step usually takes, in seconds, and whose pull requests say so. */
export interface UsualWait {
  readonly seconds: number;
  readonly n: number;
  readonly of: 'repository' | 'workspace';
}

/** The steps that an open pull request can wait in. */
const waitingPhases = [
  ...(['draft', 'waiting_for_first_review', 'in_review', 'waiting_for_author'] as const),
  ...(['approved', 'in_merge_queue'] as const),
] satisfies readonly Phase[];
type WaitingPhase = (typeof waitingPhases)[number];

/** Milliseconds spent in a step, by the uuid of the repository: of the pull requests that were in it at all. */
type Spent = ReadonlyMap<string, readonly number[]>;
export type SpentWaiting = Readonly<Record<WaitingPhase, Spent>>;

/**
 * What is usual for a step of a repository: the median of the pull requests merged in a span that were in it, or, where
 * they are too few to tell, that of the workspace, as far as it may be seen; `null`: too few there too. Whoever never was
 * in a step says nothing of how long it takes.
 * @param visible Uuids of repositories; `null`: all.
 */
export function findUsualWaits(
  spent: SpentWaiting,
  visible: ReadonlySet<string> | null,
): (system: string, phase: Phase) => UsualWait | null {
  const known = new Map<string, UsualWait | null>();
  const find = (system: string, phase: WaitingPhase): UsualWait | null => {
    const own = spent[phase].get(system) ?? [];
    if (isEnoughToTell('duration', own.length)) return toUsual(own, 'repository');
    const seen = [...spent[phase]].filter(([uuid]) => visible === null || visible.has(uuid));
    const all = seen.flatMap(([, some]) => some);
    return isEnoughToTell('duration', all.length) ? toUsual(all, 'workspace') : null;
  };
  return (system, phase) => {
    const waiting = waitingPhases.find((one) => one === phase);
    if (waiting === undefined) return null;
    const key = `${phase} ${system}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const usual = find(system, waiting);
    known.set(key, usual);
    return usual;
  };
}

function toUsual(milliseconds: readonly number[], of: UsualWait['of']): UsualWait | null {
  const { median } = toPercentilesInSeconds(Float64Array.from(milliseconds));
  return median === null ? null : { seconds: median, n: milliseconds.length, of };
}

/** Of each step what the pull requests merged in a span spent in it: one pass over the merges. */
export function collectSpent(
  columns: WorkspaceColumns,
  span: { readonly startAt: Instant; /** Exclusive. */ readonly endAt: Instant },
): SpentWaiting {
  const months = selectMonthRows(
    columns,
    { ...span, filter: { systems: null, teamSets: null } },
    ({ merges }) => merges,
  );
  const collect = (phase: WaitingPhase): Spent => {
    const spent = new Map<string, number[]>();
    for (const { month, rows } of months) {
      readRows(month.merges.phases[phase], rows).forEach((milliseconds, index) => {
        if (!(milliseconds > 0)) return;
        const system = columns.names.systems[month.merges.system[rows[index] ?? 0] ?? 0] ?? '';
        const known = spent.get(system);
        if (known === undefined) spent.set(system, [milliseconds]);
        else known.push(milliseconds);
      });
    }
    return spent;
  };
  return Object.fromEntries(waitingPhases.map((phase) => [phase, collect(phase)])) as Record<WaitingPhase, Spent>;
}
