import type { WorkspaceColumns } from '../../columns/month-columns';
import type { Instant } from '../../instant';
import type { Phase } from '../../reviews/phase';
import { mapPhases } from '../../reviews/phase-ledger';
import { toDurations } from '../durations';
import { borrowNumbers } from '../scratch';
import { readRows } from '../selection/read-numbers';
import { toRowFilter } from '../selection/row-filter';
import { countRows, selectMonthRows } from '../selection/select-rows';

export interface PhaseMedians {
  /** `null` of none; a pull request that never was in a phase spent 0 seconds in it. */
  readonly seconds: Readonly<Record<Phase, number | null>>;
  readonly n: number;
}

interface Merges {
  /** The uuid of a repository. */
  readonly system: string;
  readonly startAt: Instant;
  /** Exclusive. */
  readonly endAt: Instant;
}

/** The median time in each phase of the pull requests that a repository merged in a span. */
export function computePhaseMedians(columns: WorkspaceColumns, { system, startAt, endAt }: Merges): PhaseMedians {
  const filter = toRowFilter(columns.names, { systems: [system], teams: [] });
  const months = selectMonthRows(columns, { startAt, endAt, filter }, ({ merges }) => merges);
  const n = countRows(months);
  const seconds = mapPhases((phase) => {
    const milliseconds = borrowNumbers(n);
    let from = 0;
    for (const { month, rows } of months) {
      milliseconds.set(readRows(month.merges.phases[phase], rows), from);
      from += rows.length;
    }
    return toDurations(milliseconds).median;
  });
  return { seconds, n };
}
