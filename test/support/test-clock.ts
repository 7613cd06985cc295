import { createRunningClock, systemClock } from '../../src/machine/clock';
import type { Clock } from '../../src/domain/clock';
import type { Instant } from '../../src/domain/instant';

/** When tests begin if nobody says otherwise: noon of a Sunday. */
export const usualStart = '2026-11-22T12:00:00.000Z';

/**
 * The one clock of a test file: of its worlds, the product, the simulator and the browser. It begins at the day that
 * `TEST_DATE` names (CONTRIBUTING.md), in the environment or of the run (jest.dates.config.ts), always the same one
 * without it, and goes on at the real pace.
 */
export const testClock: Clock = createRunningClock(readStart(findWantedDate()));

function findWantedDate(): string | undefined {
  return (globalThis as { TEST_DATE?: string }).TEST_DATE ?? process.env['TEST_DATE'];
}

/**
 * A date stands for its noon in UTC, an instant for itself, `today` for the machine's present instant.
 * @throws {Error} for anything else.
 */
export function readStart(wanted: string | undefined): Instant {
  if (wanted === undefined || wanted === '') return Date.parse(usualStart);
  if (wanted === 'today') return systemClock.now();
  const isDay = /^\d{4}-\d{2}-\d{2}$/u.test(wanted);
  const start = Date.parse(isDay ? `${wanted}T12:00:00.000Z` : wanted);
  if (isReal(start, wanted)) return start;
  throw new Error(
    `TEST_DATE is "${wanted}"; it is a date (2028-02-29), an instant in UTC (2028-02-29T23:30:00Z) or "today".`,
  );
}

/** `Date.parse` takes a 30 February for 1 March. */
function isReal(start: Instant, wanted: string): boolean {
  const isForm = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z)?$/u.test(wanted);
  return isForm && !Number.isNaN(start) && new Date(start).toISOString().startsWith(wanted.slice(0, 10));
}
