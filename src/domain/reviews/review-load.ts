/** How reviews are shared out, without saying among whom. */
export interface ReviewLoad {
  readonly reviews: number;
  readonly people: number;
  /** How many people have 0, 1, 2 … reviews to do; the last: as many or more. */
  readonly byReviews: readonly number[];
}

const mostToldApart = 5;
/** Of one person alone a distribution would say who has how many. */
const fewestPeople = 2;

/**
 * How many people have how many reviews to do. `null` for fewer than two people.
 * @param people Uuids.
 * @param awaited Of each pull request that waits for a review the uuids of whom it waits for.
 */
export function computeReviewLoad(
  people: ReadonlySet<string>,
  awaited: readonly (readonly string[])[],
): ReviewLoad | null {
  if (people.size < fewestPeople) return null;
  const counts = new Map([...people].map((uuid) => [uuid, 0]));
  for (const uuid of awaited.flat()) {
    const count = counts.get(uuid);
    if (count !== undefined) counts.set(uuid, count + 1);
  }
  const byReviews = Array.from({ length: mostToldApart + 1 }, () => 0);
  let reviews = 0;
  for (const count of counts.values()) {
    const place = Math.min(count, mostToldApart);
    byReviews[place] = (byReviews[place] ?? 0) + 1;
    reviews += count;
  }
  return { reviews, people: people.size, byReviews };
}
