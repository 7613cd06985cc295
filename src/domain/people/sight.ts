import { compareText } from '../compare-text';
import type { Instant } from '../instant';
import type { Person } from './person';

/** A person as seen beside something that happened, and when that was. */
export interface Sight {
  readonly person: Person;
  readonly at: Instant;
}

/**
 * The fullest sight of a person and, of equally full ones, the newest: the greater under one total order, so that
 * neither order nor repetition matters. A name is worth more than an account id.
 */
export function pickFuller(before: Sight | undefined, next: Sight): Sight {
  return before === undefined || compare(next, before) > 0 ? next : before;
}

/** Whether a person goes by another name or type now, by which it is told who is a bot. */
export function isRenamed(before: Person, after: Person): boolean {
  return before.displayName !== after.displayName || before.type !== after.type;
}

function compare(a: Sight, b: Sight): number {
  return fullness(a) - fullness(b) || a.at - b.at || compareText(toTie(a), toTie(b));
}

function fullness({ person }: Sight): number {
  return (person.displayName === null ? 0 : 2) + (person.accountId === null ? 0 : 1);
}

function toTie({ person }: Sight): string {
  return JSON.stringify([person.displayName, person.accountId, person.type]);
}
