import {
  cleo,
  day,
  situationStart,
  hour,
  minute,
  startSituation,
  type Situation,
} from '../../support/situation/situation';
import { openPullRequest } from '../../support/situation/open-pull-request';
import { listCommits, listDeployments, listMerged, readImport } from '../../support/situation/read-situation';
import { nineBytes, type WrongAnswer } from '../../../simulator/traffic/quirks';

const repository = 'shop';
let situation: Situation;

beforeEach(async () => {
  situation = await startSituation();
});
afterEach(() => situation.close());

/** Merged pull requests with kept branches and an approval each, before the install. */
function mergeMany(count: number): number[] {
  const { pullRequests } = situation.simulator;
  return Array.from({ length: count }, (_, index) => {
    const at = situationStart - (count - index + 1) * day;
    const commits = [{ authoredAt: at - 2 * hour }, { authoredAt: at - hour }];
    const { on } = openPullRequest(situation, { at, closeSourceBranch: false, commits });
    pullRequests.approve({ ...on, by: cleo.uuid, at: at + hour });
    pullRequests.merge({ ...on, at: at + 2 * hour });
    return on.id;
  });
}

/** The numbers that are whole: a deployment with all its changes, and the approval known. */
async function listWhole(): Promise<number[]> {
  const approved = (await listMerged(situation)).filter((one) => one.time_to_first_approval === 3600);
  const whole = (await listDeployments(situation)).filter(
    ({ number, changes, complete }) => complete && changes.join() === listCommits(situation, number).join(),
  );
  return whole.map(({ number }) => number).filter((number) => approved.some(({ id }) => id === number));
}

/** A look for the moment at which these and no others are whole. */
const whenWhole =
  (...numbers: number[]) =>
  async (): Promise<true | null> =>
    (await listWhole()).join() === numbers.join() ? true : null;

const soon = { withinMs: 30 * minute, what: 'the others to be whole' };

/** Until the import names a pull request by its number. */
const whenNamed = (number: number) => async (): Promise<true | null> => {
  const { problems } = await readImport(situation);
  const isNamed = problems.some(({ repository: slug, message }) => slug === 'shop' && hasNumber(message, number));
  return isNamed ? true : null;
};

const hasNumber = (message: string, number: number): boolean => new RegExp(`\\b${number}\\b`, 'u').test(message);

const broken: WrongAnswer = { status: 500 };

describe('A pull request whose activity cannot be had', () => {
  it.each([
    ['the fourth of six', 4, broken],
    ['the oldest', 1, broken],
    ['the newest', 6, broken],
    ['one of which it is not found', 4, nineBytes],
    ['one of which it is refused', 2, { status: 403 }],
    ['one of which it is no JSON', 3, { status: 200, body: '<html><body>Oops</body></html>' }],
  ] as const)('holds up no other, and is named (%s)', async (_what, number, answer) => {
    mergeMany(6);
    situation.simulator.quirks.add({ route: 'repository_activity', answer: { status: 404 } });
    situation.simulator.quirks.add({ route: 'activity', number, answer });
    await situation.install();
    const others = [1, 2, 3, 4, 5, 6].filter((one) => one !== number);
    await situation.advanceUntil(whenWhole(...others), soon);
    await situation.advanceUntil(whenNamed(number), { withinMs: 2 * hour, what: 'the one to be named' });
    expect((await readImport(situation)).state).toBe('done');
  });

  it('is read once it can be had, and named no more', async () => {
    mergeMany(6);
    situation.simulator.quirks.add({ route: 'repository_activity', answer: { status: 404 } });
    const quirk = situation.simulator.quirks.add({ route: 'activity', number: 4, answer: broken });
    await situation.install();
    await situation.advanceUntil(whenNamed(4), { withinMs: 2 * hour, what: 'the one to be named' });
    quirk.remove();
    await situation.advanceUntil(whenWhole(1, 2, 3, 4, 5, 6), { withinMs: 3 * hour, what: 'the one to be read' });
    expect((await readImport(situation)).problems).toEqual([]);
  });
});

describe('The activity of a whole repository that cannot be had', () => {
  it.each([
    ['it answers 500', broken],
    ['it answers 555', { status: 555 }],
    ['it is refused', { status: 403 }],
    ['it is no page of a list', { status: 200, body: { odd: true } }],
  ] as const)('is read singly instead (%s, always)', async (_what, answer) => {
    mergeMany(3);
    situation.simulator.quirks.add({ route: 'repository_activity', answer });
    await situation.install();
    await situation.advanceUntil(whenWhole(1, 2, 3), soon);
    expect((await readImport(situation)).state).toBe('done');
  });

  it('is read singly where it breaks off after its first page', async () => {
    mergeMany(3);
    const from = { repository, id: 3, by: cleo.uuid };
    for (let count = 0; count < 60; count += 1) {
      situation.simulator.pullRequests.comment({ ...from, at: situationStart - day + count * 1000 });
    }
    situation.simulator.quirks.add({ route: 'repository_activity', after: 1, answer: broken });
    await situation.install();
    await situation.advanceUntil(whenWhole(1, 2, 3), soon);
    expect((await readImport(situation)).state).toBe('done');
  });
});

describe('A pull request whose commits cannot be had', () => {
  it.each([
    ['the middle one', 2],
    ['the newest', 3],
  ] as const)('holds up no other (%s)', async (_what, number) => {
    mergeMany(3);
    situation.simulator.quirks.add({ route: 'pull_request_commits', number, answer: broken });
    await situation.install();
    const others = [1, 2, 3].filter((one) => one !== number);
    await situation.advanceUntil(whenWhole(...others), soon);
    const found = (await listDeployments(situation)).find((one) => one.number === number);
    expect(found?.complete ?? false).toBe(false);
  });
});

describe('A pull request whose diffstat cannot be had', () => {
  const sizesOf = async (): Promise<(number | null)[]> =>
    (await listMerged(situation)).map(({ lines_changed }) => lines_changed);
  const countAsked = (number: number): number =>
    situation.simulator.requests.entries.filter(
      ({ route, path }) =>
        route.includes('diffstat') && new RegExp(`[?&]from_pullrequest_id=${number}(&|$)`, 'u').test(path),
    ).length;

  it.each([
    ['the seventh of eight', 7, broken],
    ['the newest', 8, broken],
    ['the oldest', 1, { status: 502 }],
    ['one of which it is no JSON', 5, { status: 200, body: '<html></html>' }],
  ] as const)('holds up no other size, and is named (%s)', async (_what, number, answer) => {
    mergeMany(8);
    situation.simulator.quirks.add({ route: 'diffstat', number, answer });
    await situation.install();
    const whenSized = async (): Promise<true | null> => {
      const sizes = await sizesOf();
      return sizes.length === 8 && sizes.every((size, index) => (size === null) === (index + 1 === number))
        ? true
        : null;
    };
    await situation.advanceUntil(whenSized, { withinMs: 30 * minute, what: 'seven sizes' });
    await situation.advanceUntil(whenNamed(number), { withinMs: 4 * hour, what: 'the one to be named' });
    const others = [1, 2, 3, 4, 5, 6, 7, 8].filter((one) => one !== number);
    const asked = countAsked(number);
    await situation.advance(3 * hour);
    // A try is three requests, and a quarter of an hour is long enough between two.
    expect(countAsked(number)).toBeLessThan(asked + 40);
    expect(others.map(countAsked)).toEqual(others.map(() => 1));
  });
});
