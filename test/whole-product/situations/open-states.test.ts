import {
  ben,
  cleo,
  day,
  situationStart,
  hour,
  minute,
  startSituation,
  type Situation,
} from '../../support/situation/situation';
import { openPullRequest } from '../../support/situation/open-pull-request';
import { listCommits, listDeployments, listMerged, readOpenWork } from '../../support/situation/read-situation';
import type { Habits } from '../../../simulator/world/habits';

const repository = 'shop';
let situation: Situation;

beforeEach(async () => {
  situation = await startSituation();
});
afterEach(() => situation.close());

const adopt = (habits: Partial<Habits>): void =>
  void Object.assign(situation.simulator.room.findWorkspace('acme').habits, habits);

type Mark = 'isDraft' | 'isQueued';
const marks: readonly (readonly [string, Mark])[] = [
  ['DRAFT', 'isDraft'],
  ['QUEUED', 'isQueued'],
];

/** Opens a pull request of two commits under a mark; nobody has heard of it yet. */
function open(mark: Mark, at = situation.clock.now()) {
  const commits = [{ authoredAt: at - 3 * hour }, { authoredAt: at - 2 * hour }];
  const { on, notices } = openPullRequest(situation, { at, commits, isDraft: mark === 'isDraft' });
  const { pullRequests } = situation.simulator;
  const marked = mark === 'isQueued' ? pullRequests.edit({ ...on, by: ben.uuid, at, isQueued: true }) : [];
  return { on, notices: [...notices, ...marked] };
}

/** Squashes and deletes the branch, and tells so. */
async function squash(on: { repository: string; id: number }): Promise<void> {
  await situation.tell(situation.simulator.pullRequests.merge({ ...on, strategy: 'squash' }));
  await situation.advance(10 * minute);
}

const idsInProgress = async (): Promise<number[]> => (await readOpenWork(situation)).items.map(({ id }) => id);

describe.each(marks)('A pull request whose state is the word %s', (_word, mark) => {
  beforeEach(() => adopt({ drafts: 'word', queued: 'word' }));

  it('is work in progress, and its commits are read while it is open', async () => {
    await situation.install();
    const { on, notices } = open(mark);
    await situation.tell(notices);
    const progress = await readOpenWork(situation);
    expect(progress.items).toMatchObject([{ id: on.id, commits: 2, draft: mark === 'isDraft' }]);
    expect(progress.drafts).toBe(mark === 'isDraft' ? 1 : 0);

    await situation.tell(situation.simulator.pullRequests.push({ ...on, by: ben.uuid, commits: [{}] }));
    expect((await readOpenWork(situation)).items).toMatchObject([{ id: on.id, commits: 3 }]);
    await squash(on);
    expect(await listDeployments(situation)).toMatchObject([
      { changes: listCommits(situation, on.id), complete: true },
    ]);
    expect(await idsInProgress()).toEqual([]);
  });

  it('goes on as one that is simply open', async () => {
    await situation.install();
    const { on, notices } = open(mark);
    await situation.tell(notices);
    await situation.tell(situation.simulator.pullRequests.edit({ ...on, by: ben.uuid, [mark]: false }));
    await situation.tell(situation.simulator.pullRequests.approve({ ...on, by: cleo.uuid }));
    expect(await readOpenWork(situation)).toMatchObject({
      approved: 1,
      drafts: 0,
      items: [{ id: on.id, draft: false }],
    });
    await squash(on);
    expect(await listMerged(situation)).toMatchObject([{ id: on.id, commits: 2 }]);
  });

  it('that was open before becomes it without a notice', async () => {
    await situation.install();
    const { on, notices } = openPullRequest(situation, { commits: [{}, {}] });
    await situation.tell(notices);
    situation.simulator.pullRequests.edit({ ...on, [mark]: true });
    await situation.advance(2 * hour);
    expect(await readOpenWork(situation)).toMatchObject({
      items: [{ id: on.id }],
      drafts: mark === 'isDraft' ? 1 : 0,
    });
  });

  it('leaves what is in progress when it is declined', async () => {
    await situation.install();
    const { on, notices } = open(mark);
    await situation.tell(notices);
    await situation.tell(situation.simulator.pullRequests.decline(on));
    expect(await idsInProgress()).toEqual([]);
  });
});

describe.each(marks)('A pull request marked %s before the install', (_word, mark) => {
  it.each<[string, Partial<Habits>]>([
    ['a flag, listed as open', { openLists: 'all' }],
    ['a word, listed as open', { drafts: 'word', queued: 'word', openLists: 'all' }],
    ['a word, listed under it alone', { drafts: 'word', queued: 'word', openLists: 'plain', wideStates: 'taken' }],
    ['a word, listed under no state', { drafts: 'word', queued: 'word', openLists: 'plain', wideStates: 'refused' }],
    ['a flag, listed under no state', { openLists: 'plain', wideStates: 'refused' }],
  ])('is work in progress after the import, and a whole deployment later (%s)', async (_what, habits) => {
    adopt(habits);
    const { on } = open(mark, situationStart - 20 * day);
    const plain = openPullRequest(situation, { at: situationStart - day });
    await situation.install();
    await situation.settle();
    expect((await readOpenWork(situation)).items).toMatchObject([
      { id: on.id, commits: 2, draft: mark === 'isDraft' },
      { id: plain.on.id, commits: 1, draft: false },
    ]);
    await squash(on);
    expect(await listDeployments(situation)).toMatchObject([
      { changes: listCommits(situation, on.id), complete: true },
    ]);
  });

  it('is found by reconciliation, though the lists of open ones do not hold it', async () => {
    adopt({ drafts: 'word', queued: 'word', openLists: 'plain', wideStates: 'taken' });
    await situation.install();
    const { on } = open(mark);
    await situation.advance(2 * hour);
    expect(await idsInProgress()).toEqual([on.id]);
  });
});

describe('A state that nobody knows yet', () => {
  it('is open while it is no end', async () => {
    await situation.install();
    const { quirks } = situation.simulator;
    const { on, notices } = openPullRequest(situation, { commits: [{}, {}] });
    const change = (right: unknown): unknown => ({ ...(right as object), state: 'WAITING' });
    const quirk = quirks.add({ route: 'pull_request', answer: { change } });
    const toWord = (body: string): string => body.replaceAll('"state":"OPEN"', '"state":"WAITING"');
    await situation.tell(notices.map((notice) => ({ ...notice, body: toWord(notice.body) })));
    expect((await readOpenWork(situation)).items).toMatchObject([{ id: on.id, commits: 2 }]);
    quirk.remove();
    await squash({ repository, id: on.id });
    expect(await listDeployments(situation)).toMatchObject([{ complete: true }]);
  });
});
