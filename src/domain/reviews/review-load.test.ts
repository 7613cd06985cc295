import { computeReviewLoad } from './review-load';

const people = new Set(['{ada}', '{rita}', '{sam}']);
const times = (count: number, whom: readonly string[]) => Array.from({ length: count }, () => whom);

describe('How reviews are shared out', () => {
  it('counts each review of each person, and whoever has none', () => {
    expect(computeReviewLoad(people, [['{ada}', '{rita}'], ['{ada}'], []])).toEqual({
      ...{ reviews: 3, people: 3 },
      byReviews: [1, 1, 1, 0, 0, 0],
    });
  });

  it('tells five and more together', () => {
    const awaited = [...times(5, ['{ada}']), ...times(9, ['{rita}']), ...times(4, ['{sam}'])];
    expect(computeReviewLoad(people, awaited)).toEqual({ reviews: 18, people: 3, byReviews: [0, 0, 0, 0, 1, 2] });
  });

  it('leaves out whoever is none of the people', () => {
    expect(computeReviewLoad(people, [['{eve}'], ['{ada}', '{eve}']])).toMatchObject({ reviews: 1, people: 3 });
  });

  it('says nothing of one person or of nobody', () => {
    expect(computeReviewLoad(new Set(['{ada}']), [['{ada}']])).toBeNull();
    expect(computeReviewLoad(new Set(), [])).toBeNull();
  });
});
