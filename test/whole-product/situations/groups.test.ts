import {
  ada,
  cleo,
  day,
  situationStart,
  hour,
  minute,
  startSituation,
  startInstall,
  type Situation,
} from '../../support/situation/situation';
import { openPullRequest } from '../../support/situation/open-pull-request';
import { listDeployments, lookForDeployment, readImport } from '../../support/situation/read-situation';
import { nineBytes, type WrongAnswer } from '../../../simulator/traffic/quirks';

let situation: Situation;

beforeEach(async () => {
  situation = await startSituation();
});
afterEach(() => situation.close());

const mergeBefore = (): void => {
  const { on } = openPullRequest(situation, { at: situationStart - 3 * day, closeSourceBranch: false });
  situation.simulator.pullRequests.merge({ ...on, at: situationStart - 2 * day });
};

/** Opens and merges one, and everybody hears of it. */
async function mergeLive(): Promise<number> {
  const { on, notices } = openPullRequest(situation);
  await situation.tell(notices);
  await situation.tell(situation.simulator.pullRequests.merge(on));
  return on.id;
}

const whenDone = async (): Promise<true | null> => ((await readImport(situation)).state === 'done' ? true : null);
const soon = { withinMs: 10 * minute, what: 'the import to be done' };

/** A look for the moment at which a deployment has these teams. */
const whenTeamed =
  (number: number, ...teams: string[]) =>
  async (): Promise<true | null> =>
    (await lookForDeployment(situation, number))?.teams.join() === teams.join() ? true : null;

const answers: readonly (readonly [string, WrongAnswer])[] = [
  ['500', { status: 500 }],
  ['an HTML page', { status: 200, body: '<html><body>Please wait</body></html>' }],
  ['nine bytes', nineBytes],
  ['nothing, ever', { hang: true }],
];

describe.each(answers)('Groups that are answered by %s', (_what, answer) => {
  it('do not hold up the import, and are read later', async () => {
    mergeBefore();
    const quirk = situation.simulator.quirks.add({ route: 'groups', answer });
    await startInstall(situation);
    await situation.advanceUntil(whenDone, soon);
    expect(quirk.count).toBeGreaterThan(0);
    expect(await listDeployments(situation)).toMatchObject([{ number: 1, teams: [], complete: true }]);
    expect((await readImport(situation)).groups.problem).not.toBeNull();
    quirk.remove();
    await situation.advanceUntil(whenTeamed(1, 'blue', 'red'), { withinMs: 3 * hour, what: 'the teams to be read' });
    expect((await readImport(situation)).groups.problem).toBeNull();
  });

  it('do not hold up a merge, whose teams are read later', async () => {
    await situation.install();
    await situation.advance(30 * minute);
    const quirk = situation.simulator.quirks.add({ route: 'groups', answer });
    // What was read half an hour ago is not what is true at the merge.
    situation.simulator.repositories.setGroupMembers({ slug: 'red', members: [ada.uuid, cleo.uuid] });
    const id = await mergeLive();
    await situation.advanceUntil(() => lookForDeployment(situation, id), {
      withinMs: 2 * minute,
      what: 'the deployment',
    });
    expect(await listDeployments(situation)).toMatchObject([{ number: id, teams: [], complete: true }]);
    quirk.remove();
    await situation.advanceUntil(whenTeamed(id, 'blue'), { withinMs: 3 * hour, what: 'the teams to be read' });
  });
});

describe('Groups of a workspace that was renamed', () => {
  it('are read under its new name, so that a merge has its teams', async () => {
    await situation.install();
    situation.simulator.room.findWorkspace('acme').slug = 'renamed';
    await situation.advance(minute);
    const id = await mergeLive();
    await situation.advanceUntil(whenTeamed(id, 'blue', 'red'), { withinMs: 3 * hour, what: 'the teams to be read' });
    expect(await listDeployments(situation)).toMatchObject([{ number: id, complete: true }]);
  });
});

describe('Groups that are refused', () => {
  it('hold up nothing either', async () => {
    mergeBefore();
    situation.simulator.quirks.add({ route: 'groups', answer: { status: 403 } });
    await startInstall(situation);
    await situation.advanceUntil(whenDone, soon);
    const id = await mergeLive();
    expect((await listDeployments(situation)).map(({ number, teams }) => [number, teams])).toEqual([
      [1, []],
      [id, []],
    ]);
    expect((await readImport(situation)).groups.problem).not.toBeNull();
  });
});

describe('Teams that are known', () => {
  it('are not rewritten when groups change or fail afterwards', async () => {
    await situation.install();
    const id = await mergeLive();
    await situation.advanceUntil(whenTeamed(id, 'blue', 'red'), { withinMs: minute, what: 'the teams' });
    situation.simulator.quirks.add({ route: 'groups', times: 3, answer: { status: 500 } });
    situation.simulator.repositories.setGroupMembers({ slug: 'red', members: null });
    await situation.advance(3 * hour);
    const again = await mergeLive();
    await situation.advance(3 * hour);
    expect((await listDeployments(situation)).map(({ number, teams }) => [number, teams])).toEqual([
      [id, ['blue', 'red']],
      [again, ['blue']],
    ]);
  });
});

describe('The administrators of a workspace', () => {
  const route = 'permissions';

  it.each(answers)('hold up neither import nor merge when they are answered by %s', async (_answered, answer) => {
    mergeBefore();
    situation.simulator.quirks.add({ route, answer });
    await startInstall(situation);
    await situation.advanceUntil(whenDone, soon);
    const id = await mergeLive();
    expect((await listDeployments(situation)).map(({ number }) => number)).toEqual([1, id]);
  });

  it('hold up no reconciliation', async () => {
    await situation.install();
    const { pullRequests, quirks } = situation.simulator;
    const { on, notices } = openPullRequest(situation);
    await situation.tell(notices);
    quirks.add({ route, answer: { status: 500 } });
    pullRequests.merge(on);
    await situation.advance(100 * minute);
    expect((await listDeployments(situation)).map(({ number }) => number)).toEqual([on.id]);
  });
});
