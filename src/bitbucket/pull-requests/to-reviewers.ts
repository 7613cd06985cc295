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
 * reviewer; where it lists neither, `null`: nobody listed is another answer than nobody asked. So it is where everybody
 * listed is somebody who cannot be told apart from others: of a pull request that former users were asked to review
 * nobody may say that nobody was.
 */
export function toReviewers(asked: readonly (Person | null)[] | null, payload: unknown): readonly Person[] | null {
  const found = asked ?? listReviewing(payload);
  const told = found && dropRepeated(found);
  return told?.length === 0 && found !== null && found.length > 0 ? null : told;
}

function listReviewing(payload: unknown): readonly (Person | null)[] | null {
  const reviewing = listed.parse(payload)?.filter((one) => one?.role === 'REVIEWER');
  return reviewing?.map((one) => one?.user ?? null) ?? null;
}

function dropRepeated(people: readonly (Person | null)[]): Person[] {
  return [...new Map(people.flatMap((one) => (one === null ? [] : [[one.uuid, one] as const]))).values()];
}
