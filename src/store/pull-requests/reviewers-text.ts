import type { Person } from '../../domain/people/person';

/** `<uuid> <uuid> …`, in the order of text: the same people are the same text, nobody asked is an empty one. */
export function toReviewersText(reviewers: readonly Pick<Person, 'uuid'>[] | null): string | null {
  return reviewers && [...new Set(reviewers.map(({ uuid }) => uuid))].sort().join(' ');
}

/** Uuids; what `toReviewersText` wrote. */
export function toReviewerUuids(text: string | null): readonly string[] | null {
  if (text === null) return null;
  return text === '' ? [] : text.split(' ');
}
