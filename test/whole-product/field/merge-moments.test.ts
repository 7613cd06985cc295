import {
  cleo,
  day,
  fieldStart,
  findPullRequest,
  hour,
  minute,
  startField,
  type Field,
} from '../../support/field/field';
import { openPullRequest } from '../../support/field/open-pull-request';
import { listDeployed, listMerged, readCompleteness, readReviews } from '../../support/field/read-field';
import type { MergeStrategy } from '../../../simulator/world/model';

const repository = 'shop';
let field: Field;

beforeEach(async () => {
  field = await startField();
});
afterEach(() => field.close());

interface Merging {
  readonly destination?: string;
  readonly strategy?: MergeStrategy;
  readonly openedAt?: number;
  readonly witnesses: readonly ('update' | 'merge_commit')[];
}

/** Opens and merges a pull request whose branch is kept, of which Bitbucket then forgets some witnesses; in silence. */
function mergeSilently({ destination = 'main', strategy = 'merge_commit', witnesses, ...from }: Merging): number {
  const { pullRequests } = field.simulator;
  const at = from.openedAt ?? fieldStart - 2 * day;
  const { on } = openPullRequest(field, {
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
  void field.simulator.repositories.commit({ repository, branch: 'release/1', at: fieldStart - 80 * day });

const commitDateOf = (id: number): string => {
  const commits = field.simulator.room.enter({ repository }).repository.commits;
  const at = commits.get(findPullRequest(field, id).mergeHash ?? '')?.authoredAt ?? 0;
  return new Date(at).toISOString();
};

const momentsOf = async (): Promise<(readonly [number, string])[]> =>
  (await listMerged(field)).map(({ id, merged_at }) => [id, merged_at] as const);

describe('A pull request merged into another branch, of whose merge the activity tells nothing', () => {
  it.each(['merge_commit', 'squash'] as const)(
    'was merged at the date of its merge commit when it is imported (%s)',
    async (strategy) => {
      makeRelease();
      const id = mergeSilently({ destination: 'release/1', strategy, witnesses: ['update'] });
      await field.install();
      expect(await momentsOf()).toEqual([[id, commitDateOf(id)]]);
      const { time_to_merge, time_to_first_approval } = await readReviews(field);
      expect(time_to_merge).toMatchObject({ n: 1, value: 5 * 3600 });
      expect(time_to_first_approval).toMatchObject({ n: 1, value: 3600 });
      expect(await listDeployed(field)).toEqual([]);
    },
  );

  it('was merged at that date too when reconciliation finds it', async () => {
    makeRelease();
    await field.install();
    const openedAt = fieldStart - 10 * hour;
    const id = mergeSilently({ destination: 'release/1', strategy: 'squash', openedAt, witnesses: ['update'] });
    await field.advance(70 * minute);
    expect(await momentsOf()).toEqual([[id, commitDateOf(id)]]);
  });

  it('does not hold up the others of its import', async () => {
    makeRelease();
    const silent = mergeSilently({ destination: 'release/1', witnesses: ['update'] });
    const known = mergeSilently({ openedAt: fieldStart - 3 * day, witnesses: [] });
    await field.install();
    expect((await momentsOf()).map(([id]) => id)).toEqual([silent, known]);
    expect(await listDeployed(field)).toEqual([known]);
    expect((await readReviews(field)).time_to_merge.n).toBe(2);
  });
});

describe('A merged pull request without any witness of its merge', () => {
  it('is counted as undated, and in nothing else', async () => {
    const undated = mergeSilently({ witnesses: ['update', 'merge_commit'] });
    const dated = mergeSilently({ openedAt: fieldStart - 3 * day, witnesses: [] });
    await field.install();
    expect(await readCompleteness(field)).toMatchObject({ undated_merges: 1 });
    expect(await listDeployed(field)).toEqual([dated]);
    expect((await momentsOf()).map(([id]) => id)).not.toContain(undated);
  });

  it('is counted when reconciliation finds it, under the filters of systems', async () => {
    field.simulator.repositories.createRepository({ slug: 'pay', at: fieldStart - 60 * day });
    await field.install();
    expect(await readCompleteness(field)).toMatchObject({ undated_merges: 0 });
    mergeSilently({ openedAt: fieldStart - 10 * hour, witnesses: ['update', 'merge_commit'] });
    await field.advance(70 * minute);
    expect(await readCompleteness(field)).toMatchObject({ undated_merges: 1 });
    expect(await readCompleteness(field, '&system=shop')).toMatchObject({ undated_merges: 1 });
    expect(await readCompleteness(field, '&system=pay')).toMatchObject({ undated_merges: 0 });
  });

  it('is named on the page of delivery performance', async () => {
    mergeSilently({ witnesses: ['update', 'merge_commit'] });
    await field.install();
    const page = await fetch(field.simulator.pageUrl('workspace'));
    expect((await page.text()).replaceAll(/<[^>]+>|\s+/gu, ' ')).toMatch(
      /merged pull request[^.]{0,80}\b(dat|moment|when)/iu,
    );
  });
});
