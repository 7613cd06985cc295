import { aRepositoryUuid, aWorkspaceUuid, day, hour, webUuid } from '../../../test/support/builders';
import { ada, bo, reviewedNow, saveReviewedWorld } from '../../../test/support/facts/reviewed-world';
import { createFixedClock } from '../../../test/support/fixed-clock';
import type { TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import type { MergedPullRequestItem } from '../answers/pull-requests';
import type { DeliveryFilter } from '../filter/delivery-filter';
import { createReporting, type Reporting } from '../reporting';
import { pointMetrics } from './merged-points';
import { noProgress } from '../../../test/support/facts/no-progress';

const week: DeliveryFilter = {
  ...{ from: '2026-11-02', to: '2026-11-08', interval: 'week' },
  ...{ systems: [], teams: [], isRaw: false },
};
const allPages = { limit: 500, cursor: null };
const hours = (count: number): number => count * 3600;

let stores: TestStores;
let reporting: Reporting;

beforeAll(async () => {
  stores = await openWorkspaceStores('sqlite', reviewedNow - day);
  await stores.workspaces.update(aWorkspaceUuid, { importedSince: reviewedNow - 365 * day, verifiedAt: reviewedNow });
  await saveReviewedWorld(stores);
  const members = [{ userUuid: bo.uuid, since: null, until: null }];
  await stores.teams.saveManual(aWorkspaceUuid, { slug: null, name: 'Drummers', members });
  const past = [{ userUuid: ada.uuid, since: null, until: reviewedNow - hour }];
  await stores.teams.saveManual(aWorkspaceUuid, { slug: null, name: 'Past', members: past });
  reporting = createReporting(stores, {
    clock: createFixedClock(reviewedNow),
    bitbucketUrl: 'https://bitbucket.org',
    loadProgress: async () => noProgress,
  });
});

afterAll(() => stores.close());

describe('Changes & Reviews', () => {
  it('are the numbers worked out by hand, over the range and in its bucket', async () => {
    const report = (await reporting.open(aWorkspaceUuid, null)).computeReviews(week);
    const bucket = { start: '2026-11-02', end: '2026-11-08' };
    const expected = {
      // 2 h and 32 h; #2 has no commits and those of #3 are dated after its opening.
      time_to_open: { value: 61_200, mean: 61_200, p75: 88_200, p95: 109_800, n: 2, excluded: 0 },
      // 2 h, 12 h, 12 h and 24 h.
      time_to_merge: { value: 43_200, mean: 45_000, p75: 54_000, p95: 79_920, n: 4, excluded: 0 },
      // 2 h and 4 h.
      time_to_first_review: { value: 10_800, mean: 10_800, p75: 12_600, p95: 14_040, n: 2, excluded: 0 },
      // 6 h and 4 h.
      time_to_first_approval: { value: 18_000, mean: 18_000, p75: 19_800, p95: 21_240, n: 2, excluded: 0 },
      // 2 h and 0.
      first_to_last_approval: { value: 3_600, mean: 3_600, p75: 5_400, p95: 6_840, n: 2, excluded: 0 },
      // 16 h and 8 h.
      last_approval_to_merge: { value: 43_200, mean: 43_200, p75: 50_400, p95: 56_160, n: 2, excluded: 0 },
      // 15, 4 and 20.
      lines_changed: { value: 15, mean: 13, p75: 17.5, p95: 19.5, n: 3, excluded: 0 },
      // 2, 1 and 2.
      commits: { value: 2, mean: 5 / 3, p75: 2, p95: 2, n: 3, excluded: 0 },
      // 2, 0, 0 and 0.
      comments: { value: 0, mean: 0.5, p75: 0.5, p95: 1.7, n: 4, excluded: 0 },
      // 4, 0, 1 and 0.
      reviews: { value: 0.5, mean: 1.25, p75: 1.75, p95: 3.55, n: 4, excluded: 0 },
    };
    for (const [key, figures] of Object.entries(expected)) {
      const { series, ...whole } = report[key as keyof typeof expected];
      expect([key, toRounded(whole)]).toEqual([key, toRounded(figures)]);
      expect(series).toEqual([{ ...whole, ...bucket }]);
    }
    expect(report).toMatchObject({
      range: { from: '2026-11-02', to: '2026-11-08', timezone: 'UTC', interval: 'week' },
      merged: 4,
      completeness: {
        ...{ imported_since: '2025-11-22', importing: false, verified_at: '2026-11-22T12:00:00.000Z' },
        ...{ incomplete_pull_requests: 1, unsized_pull_requests: 1, undated_merges: 0 },
      },
    });
  });

  it('tell the mean time in each phase, the wait for a later deployment too', async () => {
    const { phases } = (await reporting.open(aWorkspaceUuid, null)).computeReviews(week);
    // Of #3: 1 h until Cy's approval, 2 h with it, 1 h after it was taken back, 8 h with Bo's.
    const mean = {
      coding: hours(2 + 32) / 4,
      draft: hours(12) / 4,
      waiting_for_first_review: hours(2 + 1 + 2) / 4,
      in_review: hours(3 + 1) / 4,
      waiting_for_author: hours(1) / 4,
      approved: hours(18 + 2 + 8) / 4,
      in_merge_queue: 0,
      waiting_for_deployment: hours(24) / 4,
    };
    expect(phases).toEqual({ mean, n: 4, series: [{ start: '2026-11-02', end: '2026-11-08', mean, n: 4 }] });
  });

  it('have no numbers where nothing was merged', async () => {
    const report = (await reporting.open(aWorkspaceUuid, null)).computeReviews({ ...week, systems: [webUuid] });
    const none = { value: null, mean: null, p75: null, p95: null, n: 0, excluded: 0 };
    expect(report).toMatchObject({ merged: 0, time_to_merge: none, reviews: none, phases: { mean: null, n: 0 } });
  });

  it('for each system are the same, without series', async () => {
    const rows = (await reporting.open(aWorkspaceUuid, null)).computeReviewsPerSystem(week);
    expect(rows.map(({ system, report }) => [system.slug, report.merged, report.time_to_merge.value])).toEqual([
      ['drums', 4, 43_200],
      ['web', 0, null],
    ]);
    expect(rows[0]?.report.time_to_merge.series).toEqual([]);
  });

  it('of a team are those of its members at the merge', async () => {
    const report = (await reporting.open(aWorkspaceUuid, null)).computeReviews({ ...week, teams: ['drummers'] });
    expect(report).toMatchObject({ merged: 1, time_to_merge: { value: 43_200, n: 1 } });
  });

  it('are as points what they are as rows, at most so many of the newest', async () => {
    const snapshot = await reporting.open(aWorkspaceUuid, null);
    const { items } = await snapshot.listMergedPullRequests(week, { limit: 3, cursor: null });
    const points = snapshot.openMergedPoints(week, 3);
    expect(points.count).toBe(3);
    const all = items.map((_item, place) => points.at(place));
    expect(all.map(({ mergedAt, ...point }) => ({ ...point, merged_at: new Date(mergedAt).toISOString() }))).toEqual(
      items.map((item) => pickPoint(item)),
    );
    for (const number of [...pointMetrics, 'id', 'mergedAt'] as const) {
      expect([...points.read(number)]).toEqual(all.map((point) => point[number] ?? Number.NaN));
    }
    expect(() => points.at(3)).toThrow(RangeError);
    expect(snapshot.openMergedPoints(week, 20_000).count).toBe(4);
  });

  it('are the same of the whole range without a series', async () => {
    const snapshot = await reporting.open(aWorkspaceUuid, null);
    const whole = snapshot.computeReviewsInAll(week);
    expect(whole.time_to_merge).toEqual({ ...snapshot.computeReviews(week).time_to_merge, series: [] });
  });

  it('list single pull requests with their numbers, newest merge first, page by page', async () => {
    const first = await (
      await reporting.open(aWorkspaceUuid, null)
    ).listMergedPullRequests(week, { limit: 3, cursor: null });
    const second = await (
      await reporting.open(aWorkspaceUuid, null)
    ).listMergedPullRequests(week, {
      limit: 3,
      cursor: first.next,
    });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([4, 3, 2, 1]);
    expect(second).toEqual({
      items: [
        {
          id: 1,
          system: { uuid: aRepositoryUuid, slug: 'drums', name: 'Drums' },
          title: 'Count the drums',
          url: 'https://bitbucket.org/acme/drums/pull-requests/1',
          author: { uuid: ada.uuid, display_name: 'Ada Example' },
          state: 'MERGED',
          draft: false,
          destination: 'main',
          opened_at: '2026-11-02T10:00:00.000Z',
          merged_at: '2026-11-03T10:00:00.000Z',
          time_to_open: hours(2),
          time_to_merge: hours(24),
          time_to_first_review: hours(2),
          time_to_first_approval: hours(6),
          first_to_last_approval: hours(2),
          last_approval_to_merge: hours(16),
          lines_changed: 15,
          commits: 2,
          comments: 2,
          reviews: 4,
        },
      ],
      next: null,
    });
    expect(first.items[2]).toMatchObject({
      ...{ id: 2, draft: true, destination: 'develop', time_to_open: null, time_to_first_review: null },
      ...{ lines_changed: null, commits: null, comments: 0, reviews: 0 },
    });
  });
});

describe('work in progress', () => {
  it('is counted by phase and age, and listed oldest first', async () => {
    const report = (await reporting.openWhole(aWorkspaceUuid, null)).computeWorkInProgress(week);
    expect(report).toMatchObject({ open: 1, reviewed: 1, approved: 1, drafts: 1, timezone: 'UTC' });
    expect(report.as_of).toBe('2026-11-22T12:00:00.000Z');
    expect(report.ages).toEqual([
      { below: hours(24), open: 1, reviewed: 0, approved: 0 },
      { below: hours(3 * 24), open: 0, reviewed: 0, approved: 1 },
      { below: hours(7 * 24), open: 0, reviewed: 0, approved: 0 },
      { below: hours(14 * 24), open: 0, reviewed: 0, approved: 0 },
      { below: hours(30 * 24), open: 0, reviewed: 1, approved: 0 },
      { below: hours(90 * 24), open: 0, reviewed: 0, approved: 0 },
      { below: null, open: 0, reviewed: 0, approved: 0 },
    ]);
    const seen = report.items.map((item) => [item.id, item.phase, item.time_in_progress, item.time_stale]);
    expect(seen).toEqual([
      [12, 'reviewed', hours(21 * 24), hours(12 * 24)],
      [10, 'approved', hours(48), hours(24)],
      [11, 'open', hours(6), hours(6)],
    ]);
    expect(report.items[1]).toMatchObject({
      ...{
        state: 'OPEN',
        merged_at: null,
        lines_changed: 7,
        commits: 1,
        comments: 0,
        reviews: 1,
        draft: false,
        queued: true,
      },
    });
    expect(report.items[0]).toMatchObject({ comments: 1, reviews: 1, lines_changed: null, queued: false });
  });

  it('is filtered by system and by the present teams of the author', async () => {
    const list = async (change: Partial<DeliveryFilter>) =>
      (await reporting.openWhole(aWorkspaceUuid, null))
        .computeWorkInProgress({ ...week, ...change })
        .items.map(({ id }) => id);
    expect(await list({ systems: [webUuid] })).toEqual([12]);
    expect(await list({ teams: ['drummers'] })).toEqual([11]);
    expect(await list({ teams: ['past'] })).toEqual([]);
  });

  it('is listed newest first where pages are asked for', async () => {
    const first = (await reporting.openWhole(aWorkspaceUuid, null)).listOpenPullRequests(week, {
      limit: 2,
      cursor: null,
    });
    const rest = (await reporting.openWhole(aWorkspaceUuid, null)).listOpenPullRequests(week, {
      limit: 2,
      cursor: first.next,
    });
    expect([first.items, rest.items].map((items) => items.map(({ id }) => id))).toEqual([[11, 10], [12]]);
    expect(rest.next).toBeNull();
  });

  it('that is merged leaves at once, and is read once for those who ask at once', async () => {
    let reads = 0;
    const pullRequests = Object.create(stores.pullRequests) as typeof stores.pullRequests;
    const counted = Object.assign(pullRequests, {
      readOpen: async (workspace: string) => {
        reads += 1;
        return stores.pullRequests.readOpen(workspace);
      },
      listMonths: async (workspace: string) => stores.pullRequests.listMonths(workspace),
      listUndated: async (workspace: string) => stores.pullRequests.listUndated(workspace),
    });
    const own = createReporting(
      { ...stores, pullRequests: counted },
      {
        clock: createFixedClock(reviewedNow),
        bitbucketUrl: 'https://bitbucket.org',
        loadProgress: async () => noProgress,
      },
    );
    const ask = async () => (await own.openWhole(aWorkspaceUuid, null)).listOpenPullRequests(week, allPages);
    await Promise.all([own.open(aWorkspaceUuid, null), own.open(aWorkspaceUuid, null)]);
    expect(reads).toBe(0);
    await Promise.all([ask(), ask()]);
    expect(reads).toBe(1);
    await stores.workspaces.bumpVersion(aWorkspaceUuid);
    await ask();
    expect(reads).toBe(2);
  });
});

/** Sums differ in their last digits. */
function toRounded(figures: object): object {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      typeof value === 'number' ? Number(value.toFixed(9)) : value,
    ]),
  );
}

function pickPoint({ id, system, merged_at, ...item }: MergedPullRequestItem) {
  return { id, system, merged_at, ...Object.fromEntries(pointMetrics.map((key) => [key, item[key]])) };
}
