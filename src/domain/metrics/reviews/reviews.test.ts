import { toDateRange } from '../../calendar/date-range';
import { aMergedPullRequest } from '../../../../test/support/builders';
import { buildWorkspaceColumns } from '../../../../test/support/facts/workspace-columns';
import { mapPhases } from '../../reviews/phase-ledger';
import {
  reviewDurations,
  reviewSizes,
  type ReviewNumbers,
  type ReviewedPullRequest,
} from '../../reviews/review-numbers';
import type { ReviewQuestion } from './review-figures';
import { computeReviews } from './compute-reviews';

const nothing = {
  ...Object.fromEntries([...reviewDurations, ...reviewSizes].map((name) => [name, null])),
  phases: mapPhases(() => 0),
} as ReviewNumbers;

function aReviewed(mergedAt: string, review: Partial<ReviewNumbers>, more: Partial<ReviewedPullRequest> = {}) {
  const pullRequest = aMergedPullRequest({ mergedAt: Date.parse(`${mergedAt}Z`), ...more });
  return { ...pullRequest, destinationBranch: 'main', isDraft: false, review: { ...nothing, ...review } };
}

function ask(pullRequests: readonly ReviewedPullRequest[], asked: Partial<ReviewQuestion> = {}) {
  return computeReviews(buildWorkspaceColumns(pullRequests), {
    range: toDateRange({ from: '2026-11-02', to: '2026-11-15', timezone: 'UTC' }),
    interval: 'week',
    systems: null,
    teams: [],
    ...asked,
  });
}

const empty = { value: null, mean: null, p75: null, p95: null, n: 0, excluded: 0 };

describe('a number of Changes & Reviews', () => {
  it('has median, mean and percentiles over all rows, and over those of each bucket', () => {
    const found = ask([
      aReviewed('2026-11-02T00:00', { timeToMerge: 315 }),
      aReviewed('2026-11-08T23:59:59.999', { timeToMerge: 670 }),
      aReviewed('2026-11-09T00:00', { timeToMerge: 1_000 }),
    ]);
    expect(found.metrics.time_to_merge).toEqual({
      ...{ value: 670, mean: 1_985 / 3, p75: 835, p95: 967, n: 3, excluded: 0 },
      series: [
        {
          ...{ start: '2026-11-02', end: '2026-11-08', value: 492.5, mean: 492.5, p75: 581.25, p95: 652.25 },
          ...{ n: 2, excluded: 0 },
        },
        {
          ...{ start: '2026-11-09', end: '2026-11-15', value: 1_000, mean: 1_000, p75: 1_000, p95: 1_000 },
          ...{ n: 1, excluded: 0 },
        },
      ],
    });
  });

  it('is nothing, not zero, without pull requests, and the empty buckets say so', () => {
    const found = ask([]);
    const buckets = [
      { start: '2026-11-02', end: '2026-11-08' },
      { start: '2026-11-09', end: '2026-11-15' },
    ];
    expect(found.metrics.reviews).toEqual({ ...empty, series: buckets.map((bucket) => ({ ...bucket, ...empty })) });
    expect(found.phases).toEqual({
      ...{ mean: null, n: 0 },
      series: buckets.map((bucket) => ({ ...bucket, mean: null, n: 0 })),
    });
    expect(found).toMatchObject({ merged: 0, incomplete: 0, unsized: 0 });
  });

  it('leaves out pull requests that have none, and counts the negative ones', () => {
    const found = ask([
      aReviewed('2026-11-02T10:00', { timeToMerge: -5, reviews: 0 }),
      aReviewed('2026-11-02T11:00', { timeToMerge: 7, reviews: 2 }),
      aReviewed('2026-11-02T12:00', { timeToFirstReview: 9, reviews: 4 }),
    ]);
    expect(found.metrics.time_to_merge).toMatchObject({ value: 7, n: 1, excluded: 1 });
    expect(found.metrics.time_to_first_review).toMatchObject({ value: 9, n: 1, excluded: 0 });
    expect(found.metrics.reviews).toMatchObject({ value: 2, mean: 2, n: 3, excluded: 0 });
    expect(found.metrics.time_to_open).toMatchObject(empty);
    expect(found.merged).toBe(3);
  });

  it('has no series where none is asked for', () => {
    expect(ask([aReviewed('2026-11-02T10:00', {})], { interval: null }).metrics.commits.series).toEqual([]);
  });
});

describe('the population', () => {
  const all = [
    aReviewed('2026-11-01T23:59:59.999', {}, { teams: ['red'] }),
    aReviewed('2026-11-02T00:00', {}, { teams: ['red', 'blue'], repositoryUuid: '{drums}', isComplete: false }),
    aReviewed('2026-11-03T00:00', { linesChanged: 3 }, { teams: ['blue'], repositoryUuid: '{bells}' }),
    aReviewed('2026-11-15T23:59:59.999', {}, { destinationBranch: 'release', repositoryUuid: '{drums}' }),
    aReviewed('2026-11-16T00:00', {}),
  ];

  it.each([
    ['the range, to any branch', {}, { merged: 3, incomplete: 1, unsized: 2 }],
    ['a repository', { systems: ['{drums}'] }, { merged: 2, incomplete: 1, unsized: 2 }],
    ['a team', { teams: ['blue'] }, { merged: 2, incomplete: 1, unsized: 1 }],
    ['any of two teams, each once', { teams: ['blue', 'red'] }, { merged: 2, incomplete: 1, unsized: 1 }],
    ['both', { systems: ['{bells}'], teams: ['red'] }, { merged: 0, incomplete: 0, unsized: 0 }],
    ['a repository without any', { systems: ['{gongs}'] }, { merged: 0, incomplete: 0, unsized: 0 }],
  ])('is that of %s', (_, asked, expected) => {
    expect(ask(all, asked)).toMatchObject(expected);
  });
});

it('the mean of each phase is taken over all pull requests, and they add up to the mean life', () => {
  const found = ask([
    aReviewed('2026-11-02T10:00', { phases: { ...nothing.phases, coding: 60, approved: 30 } }),
    aReviewed('2026-11-10T10:00', { phases: { ...nothing.phases, draft: 10 } }),
  ]);
  expect(found.phases).toMatchObject({ mean: { coding: 30, draft: 5, approved: 15, in_review: 0 }, n: 2 });
  expect(found.phases.series).toMatchObject([
    { mean: { coding: 60, draft: 0, approved: 30 }, n: 1 },
    { mean: { coding: 0, draft: 10, approved: 0 }, n: 1 },
  ]);
});
