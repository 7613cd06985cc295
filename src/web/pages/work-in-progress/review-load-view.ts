import type { ReviewLoad } from '../../../domain/reviews/review-load';
import { formatCount } from '../../presentation/format/numbers';
import { words } from './words';

const tallest = 78;

/** People by number of reviews to do, without a name. */
export function buildReviewLoad(load: ReviewLoad | null) {
  const { heading, none, lead, caption, label, bar, orMore } = words.load;
  if (load === null) return { heading, lead: none, drawing: null };
  const most = Math.max(1, ...load.byReviews);
  const bars = load.byReviews.map((people, reviews) => {
    const isLast = reviews === load.byReviews.length - 1;
    const height = Math.round((tallest * people) / most);
    return { people: formatCount(people), reviews: isLast ? orMore(reviews) : formatCount(reviews), height };
  });
  return {
    heading,
    lead: lead(load.reviews, load.people),
    drawing: {
      label: label(bars.map(({ reviews }, index) => bar(load.byReviews[index] ?? 0, reviews))),
      bars: bars.map((one) => ({ ...one, y: tallest - one.height })),
      tallest,
      caption,
    },
  };
}
