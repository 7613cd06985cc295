import {
  cleo,
  day,
  situationStart,
  findPullRequest,
  hour,
  minute,
  startSituation,
  type Situation,
} from '../../support/situation/situation';
import { openPullRequest } from '../../support/situation/open-pull-request';
import { listDeployed, listMerged, readCompleteness, readReviews } from '../../support/situation/read-situation';
import type { MergeStrategy } from '../../../simulator/world/model';

const repository = 'shop';
let situation: Situation;

beforeEach(async () => {
  situation = await startSituation();
});
afterEach(() => situation.close());

interface Merging {
  readonly destination?: string;
  readonly strategy?: MergeStrategy;
  readonly openedAt?: number;
  readonly witnesses: readonly ('update' | 'merge_commit')[];
}

/** Opens and merges a pull request whose branch is kept, of which Bitbucket then forgets some witnesses; in silence. */
function mergeSilently({ destination = 'main', strategy = 'merge_commit', witnesses, ...from }: Merging): number {
  const { pullRequests } = situation.simulator;
  const at = from.openedAt ?? situationStart - 2 * day;
  const { on } = openPullRequest(situation, {
    ...{ destination, at, closeSourceBranch: false },
    commits: [{ authoredAt: at - 3 * hour }, { authoredAt: at - hour }],
  });
  pullRequests.approve({ ...on, by: cleo.uuid, at: at + hour });
  pullRequests.merge({ ...on, strategy, at: at + 5 * hour });
  pullRequests.forgetMerge({ ...on, witnesses });
  // A word after the merge moves `updated_on`, which is therefore no witness.
  pullRequests.comment({ ...on, by: cleo.uuid, at: at + 6 * hour });
  return on.id;
}

const makeRelease = (): void =>
  void situation.simulator.repositories.commit({ repository, branch: 'release/1', at: situationStart - 80 * day });

const commitDateOf = (id: number): string => {
  const commits = situation.simulator.room.enter({ repository }).repository.commits;
  const at = commits.get(findPullRequest(situation, id).mergeHash ?? '')?.authoredAt ?? 0;
  return new Date(at).toISOString();
};

const momentsOf = async (): Promise<(readonly [number, string])[]> =>
  (await listMerged(situation)).map(({ id, merged_at }) => [id, merged_at] as const);

describe('A pull request merged into another branch, of whose merge the activity tells nothing', () => {
  it.each(['merge_commit', 'squash'] as const)(
    'was merged at the date of its merge commit when it is imported (%s)',
    async (strategy) => {
      makeRelease();
      const id = mergeSilently({ destination: 'release/1', strategy, witnesses: ['update'] });
      await situation.install();
      expect(await momentsOf()).toEqual([[id, commitDateOf(id)]]);
      const { time_to_merge, time_to_first_approval } = await readReviews(situation);
      expect(time_to_merge).toMatchObject({ n: 1, value: 5 * 3600 });
      expect(time_to_first_approval).toMatchObject({ n: 1, value: 3600 });
      expect(await listDeployed(situation)).toEqual([]);
    },
  );

  it('was merged at that date too when reconciliation finds it', async () => {
    makeRelease();
    await situation.install();
    const openedAt = situationStart - 10 * hour;
    const id = mergeSilently({ destination: 'release/1', strategy: 'squash', openedAt, witnesses: ['update'] });
    await situation.advance(70 * minute);
    expect(await momentsOf()).toEqual([[id, commitDateOf(id)]]);
  });

  it('does not hold up the others of its import', async () => {
    makeRelease();
    const silent = mergeSilently({ destination: 'release/1', witnesses: ['update'] });
    const known = mergeSilently({ openedAt: situationStart - 3 * day, witnesses: [] });
    await situation.install();
    expect((await momentsOf()).map(([id]) => id)).toEqual([silent, known]);
    expect(await listDeployed(situation)).toEqual([known]);
    expect((await readReviews(situation)).time_to_merge.n).toBe(2);
  });
});

describe('A merged pull request without any witness of its merge', () => {
  it('is counted as undated, and in nothing else', async () => {
    const undated = mergeSilently({ witnesses: ['update', 'merge_commit'] });
    const dated = mergeSilently({ openedAt: situationStart - 3 * day, witnesses: [] });
    await situation.install();
    expect(await readCompleteness(situation)).toMatchObject({ undated_merges: 1 });
    expect(await listDeployed(situation)).toEqual([dated]);
    expect((await momentsOf()).map(([id]) => id)).not.toContain(undated);
  });

  it('is counted when reconciliation finds it, under the filters of systems', async () => {
    situation.simulator.repositories.createRepository({ slug: 'pay', at: situationStart - 60 * day });
    await situation.install();
    expect(await readCompleteness(situation)).toMatchObject({ undated_merges: 0 });
    mergeSilently({ openedAt: situationStart - 10 * hour, witnesses: ['update', 'merge_commit'] });
    await situation.advance(70 * minute);
    expect(await readCompleteness(situation)).toMatchObject({ undated_merges: 1 });
    expect(await readCompleteness(situation, '&system=shop')).toMatchObject({ undated_merges: 1 });
    expect(await readCompleteness(situation, '&system=pay')).toMatchObject({ undated_merges: 0 });
  });

  it('is named on the page of delivery performance', async () => {
    mergeSilently({ witnesses: ['update', 'merge_commit'] });
    await situation.install();
    const page = await fetch(situation.simulator.pageUrl('workspace'));
    expect((await page.text()).replaceAll(/<[^>]+>|\s+/gu, ' ')).toMatch(
      /merged pull request[^.]{0,80}\b(dat|moment|when)/iu,
    );
  });
});
