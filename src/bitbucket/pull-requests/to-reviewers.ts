import { z } from 'zod';
import type { Person } from '../../domain/people/person';
import { inside, nest, orNull, person, personFields, word } from '../client/payload';

/** What `reviewers` reads, for `fields=`. */
export const reviewerFields = nest('reviewers', personFields);

/** Whoever was asked; somebody who cannot be told apart from others is nobody. `null`: they are not listed. */
export const reviewers = orNull(z.array(person));

const participant = orNull(z.object({ user: person, role: orNull(word) }));
const listed = inside('participants', z.array(participant));

/**
 * Those who were asked for a review, each once. Where an answer does not list them, the participants in the role of a
 * reviewer; where it lists neither, `null`: nobody listed is another answer than nobody asked.
 */
export function toReviewers(asked: readonly (Person | null)[] | null, payload: unknown): readonly Person[] | null {
  const found = asked ?? listed.parse(payload)?.map((one) => (one?.role === 'REVIEWER' ? one.user : null)) ?? null;
  return found && dropRepeated(found);
}

function dropRepeated(people: readonly (Person | null)[]): Person[] {
  return [...new Map(people.flatMap((one) => (one === null ? [] : [[one.uuid, one] as const]))).values()];
}
