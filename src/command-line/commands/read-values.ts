import { InvalidArgumentError } from 'commander';
import { lookUp } from '../../domain/look-up';
import type { Instant } from '../../domain/instant';
import { CommandFailed } from '../outcomes/command-failed';

const minuteMs = 60_000;
const units: Readonly<Record<string, number>> = { m: minuteMs, h: 60 * minuteMs, d: 1440 * minuteMs };
/** A later year is a slip of the keyboard. */
const mostYears = 10;

/** `15m`, `8h`, `30d` in milliseconds. */
export function readDuration(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,6})([mhd])$/u.exec(text) ?? [];
  const milliseconds = Number(count) * (lookUp(units, unit) ?? 0);
  if (milliseconds > 0) return milliseconds;
  throw new InvalidArgumentError('It is a number of minutes, hours or days, such as 15m, 8h or 30d.');
}

/**
 * `never`, or a date, as the noon of that day in UTC: nearly everywhere on earth that is the same day.
 * @throws {CommandFailed} for anything else
 */
export function readExpiry(text: string, now: Instant): Instant | null {
  const problem = findDateProblem(text, now);
  if (problem !== null) throw new CommandFailed('wrongUse', `The end of the token cannot be "${text}": ${problem}`);
  return toNoon(text);
}

/** What is wrong with the day on which a token ends; `null`: nothing. */
export function findDateProblem(text: string, now: Instant): string | null {
  if (text === 'never') return null;
  if (toNoon(text) === null) return 'it is a date such as 2027-03-12, or the word never.';
  const today = toDay(now);
  if (text <= today) return `it is a day after today (${today}).`;
  const latest = `${Number(today.slice(0, 4)) + mostYears}${today.slice(4)}`;
  return text > latest ? `it is at most ${mostYears} years away, for no token lasts longer.` : null;
}

function toNoon(text: string): Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return null;
  const noon = Date.parse(`${text}T12:00:00Z`);
  return Number.isNaN(noon) || toDay(noon) !== text ? null : noon;
}

/** `2027-03-12`, in UTC. */
export function toDay(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** An option that may be given again and again. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
