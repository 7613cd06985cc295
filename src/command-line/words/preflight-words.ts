import type { Preflight } from '../../doors/access-token/checks/preflight';
import type { ExitName } from '../outcomes/exit-codes';
import type { Terminal } from '../terminal/terminal';
import { toCheckTable } from './check-table';

/** The checks as a table, and in a sentence what follows from them. */
export function describePreflight(preflight: Preflight, terminal: Pick<Terminal, 'width' | 'paint'>): string {
  return `${toCheckTable(preflight.checks, terminal)}\n\n${summarise(preflight)}`;
}

function summarise({ checks, canConnect }: Preflight): string {
  const working = checks.filter(({ result }) => result === 'works').length;
  const made = checks.filter(({ result }) => result !== 'skipped').length;
  const count = `${working} of ${made} work.`;
  if (!canConnect) return `${count} Nothing was connected: put right what failed, and try again.`;
  return working === made ? count : `${count} That is enough to connect; the rest can be added later.`;
}

/** How a command ends that could not go on; `null`: it can. */
export function findRefusal({
  checks,
  canConnect,
}: Preflight): Extract<ExitName, 'refused' | 'unreachable' | 'wrongUse'> | null {
  if (canConnect) return null;
  return checks.some(({ isUnreachable }) => isUnreachable === true) ? 'unreachable' : 'refused';
}
