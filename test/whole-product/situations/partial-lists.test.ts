import { day, situationStart, hour, minute, startSituation, type Situation } from '../../support/situation/situation';
import { openPullRequest, type On } from '../../support/situation/open-pull-request';
import { listCommits, listDeployments, listMerged, readOpenWork } from '../../support/situation/read-situation';
import { withItem, withoutItems } from '../../../simulator/traffic/wrong-bodies';
import type { NewCommit } from '../../../simulator/live/control-room';
import type { SimulatorNotice } from '../../../simulator/connect/deliver-notice';

const repository = 'shop';
let situation: Situation;

beforeEach(async () => {
  situation = await startSituation();
});
afterEach(() => situation.close());

const at = situationStart - 5 * day;
const undated = (item: unknown): unknown => ({ ...(item as object), date: 'the day before yesterday' });
const unhashed = (item: unknown): unknown => ({ ...(item as object), hash: null });
const dateless = (item: unknown): unknown => ({ ...(item as object), date: undefined });

function open(count: number, openedAt = at): On {
  const commits: NewCommit[] = Array.from({ length: count }, (_, index) => ({
    authoredAt: openedAt - (index + 1) * 60_000,
  }));
  return openPullRequest(situation, { at: openedAt, commits }).on;
}

/** A list with a hole is not complete, unless what is in the hole is kept without its date. */
async function expectNoFalseWhole(on: { id: number }): Promise<void> {
  const found = (await listDeployments(situation)).find(({ number }) => number === on.id);
  const expected = listCommits(situation, on.id);
  expect(expected).toEqual(expect.arrayContaining([...(found?.changes ?? ['nothing was deployed'])]));
  const isWhole = found?.changes.length === expected.length;
  expect(found?.complete === true ? isWhole : true).toBe(true);
  // Less than a whole must not be lost altogether either.
  expect(found?.changes.length).toBeGreaterThanOrEqual(expected.length - 1);
}

describe('A list of commits of which one cannot be read', () => {
  it.each([
    ['the first has no date that can be read', 0, undated],
    ['one in the middle has no date', 1, dateless],
    ['the last has no hash', -1, unhashed],
  ])('is not taken for the whole while the branch exists (%s)', async (_what, index, spoil) => {
    const on = open(3);
    situation.simulator.quirks.add({ route: 'pull_request_commits', answer: { change: withItem(index, spoil) } });
    await situation.install();
    await situation.tell(situation.simulator.pullRequests.merge({ ...on, strategy: 'squash' }));
    await situation.advance(10 * minute);
    await expectNoFalseWhole(on);
  });

  it('is not taken for the whole where it is on the second page', async () => {
    const on = open(60);
    situation.simulator.quirks.add({ route: /\/commits\?.*page=/u, answer: { change: withItem(-1, undated) } });
    await situation.install();
    await situation.tell(situation.simulator.pullRequests.merge({ ...on, strategy: 'squash' }));
    await situation.advance(10 * minute);
    await expectNoFalseWhole(on);
  });

  it('is read again, and whole once it can be read', async () => {
    await situation.install();
    const { on, notices } = openPullRequest(situation, { commits: [{}, {}, {}] });
    situation.simulator.quirks.add({
      route: 'pull_request_commits',
      times: 1,
      answer: { change: withItem(1, undated) },
    });
    await situation.tell(notices);
    await situation.advance(2 * hour);
    await situation.tell(situation.simulator.pullRequests.edit({ ...on, title: 'Another title' }));
    await situation.tell(situation.simulator.pullRequests.merge({ ...on, strategy: 'squash' }));
    await situation.advance(10 * minute);
    expect(await listDeployments(situation)).toMatchObject([
      { changes: listCommits(situation, on.id), complete: true },
    ]);
  });

  it('is not taken for the whole where the merge commit leads to it', async () => {
    const on = open(3);
    const { pullRequests } = situation.simulator;
    pullRequests.merge({ ...on, strategy: 'merge_commit', at: at + hour });
    const hash = pullRequestHash(on.id, 1);
    const spoil = (item: unknown): unknown => ((item as { hash: string }).hash === hash ? undated(item) : item);
    const change = (right: unknown): unknown => {
      const page = right as { values: unknown[] };
      return { ...page, values: page.values.map(spoil) };
    };
    situation.simulator.quirks.add({ route: 'commits', answer: { change } });
    await situation.install();
    await situation.advance(10 * minute);
    await expectNoFalseWhole(on);
  });
});

const pullRequestHash = (id: number, index: number): string =>
  situation.simulator.room.enter({ repository }).repository.pullRequests.get(id)?.commits[index] ?? '';

describe('A list of pull requests of which one cannot be read', () => {
  it('loses no other, and not the one either once it can be read', async () => {
    const [one, two, three] = [open(1), open(1), open(1)];
    const change = withItem(1, (item) => ({ ...(item as object), created_on: 'never', updated_on: 'never' }));
    const quirk = situation.simulator.quirks.add({ route: 'pull_requests', answer: { change } });
    await situation.install();
    await situation.advance(minute);
    expect((await readOpenWork(situation)).items).toHaveLength(2);
    quirk.remove();
    for (const on of [one, two, three]) await situation.tell(situation.simulator.pullRequests.merge(on));
    await situation.advance(2 * hour);
    expect((await listMerged(situation)).map(({ id }) => id)).toEqual([1, 2, 3]);
  });
});

describe('A list of repositories that lacks one once', () => {
  it('deletes nothing', async () => {
    const on = open(1);
    await situation.install();
    const change = withoutItems(({ slug }) => slug === 'shop');
    situation.simulator.quirks.add({ route: 'repositories', times: 1, answer: { change } });
    await situation.advance(65 * minute);
    await situation.tell(situation.simulator.pullRequests.merge(on));
    await situation.advance(2 * hour);
    expect(await listDeployments(situation)).toMatchObject([{ number: on.id, complete: true }]);
    const { items } = await situation.get<{ items: { slug: string }[] }>('/systems');
    expect(items.map(({ slug }) => slug)).toEqual(['shop']);
  });
});

it('that is answered after the merge, though asked for before, brings no merging commit into the changes', async () => {
  // The simulated Bitbucket lists the merging commit for every seventh.
  for (let id = 1; id < 7; id += 1) open(1);
  await situation.install();
  const { simulator } = situation;
  const { on, notices } = openPullRequest(situation, { at: situationStart, closeSourceBranch: false });
  const answer = simulator.answer.bind(simulator);
  let merged: SimulatorNotice[] = [];
  simulator.answer = async (request, response) => {
    if (merged.length === 0 && (request.url ?? '').includes(`/pullrequests/${on.id}/commits`)) {
      merged = simulator.pullRequests.merge({ ...on, strategy: 'merge_commit' });
    }
    return answer(request, response);
  };
  await situation.tell(notices);
  await situation.tell(merged);
  const found = (await listDeployments(situation)).find(({ number }) => number === on.id);
  expect(found?.changes).toEqual(listCommits(situation, on.id));
});
