import {
  ada,
  cleo,
  day,
  fieldStart,
  hour,
  minute,
  startField,
  startInstall,
  type Field,
} from '../../support/field/field';
import { openPullRequest } from '../../support/field/open-pull-request';
import { listDeployments, lookForDeployment, readImport } from '../../support/field/read-field';
import { nineBytes, type WrongAnswer } from '../../../simulator/traffic/quirks';

let field: Field;

beforeEach(async () => {
  field = await startField();
});
afterEach(() => field.close());

const mergeBefore = (): void => {
  const { on } = openPullRequest(field, { at: fieldStart - 3 * day, closeSourceBranch: false });
  field.simulator.pullRequests.merge({ ...on, at: fieldStart - 2 * day });
};

/** Opens and merges one, and everybody hears of it. */
async function mergeLive(): Promise<number> {
  const { on, notices } = openPullRequest(field);
  await field.tell(notices);
  await field.tell(field.simulator.pullRequests.merge(on));
  return on.id;
}

const whenDone = async (): Promise<true | null> => ((await readImport(field)).state === 'done' ? true : null);
const soon = { withinMs: 10 * minute, what: 'the import to be done' };

/** A look for the moment at which a deployment has these teams. */
const whenTeamed =
  (number: number, ...teams: string[]) =>
  async (): Promise<true | null> =>
    (await lookForDeployment(field, number))?.teams.join() === teams.join() ? true : null;

const answers: readonly (readonly [string, WrongAnswer])[] = [
  ['500', { status: 500 }],
  ['an HTML page', { status: 200, body: '<html><body>Please wait</body></html>' }],
  ['nine bytes', nineBytes],
  ['nothing, ever', { hang: true }],
];

describe.each(answers)('Groups that are answered by %s', (_what, answer) => {
  it('do not hold up the import, and are read later', async () => {
    mergeBefore();
    const quirk = field.simulator.quirks.add({ route: 'groups', answer });
    await startInstall(field);
    await field.advanceUntil(whenDone, soon);
    expect(quirk.count).toBeGreaterThan(0);
    expect(await listDeployments(field)).toMatchObject([{ number: 1, teams: [], complete: true }]);
    expect((await readImport(field)).groups.problem).not.toBeNull();
    quirk.remove();
    await field.advanceUntil(whenTeamed(1, 'blue', 'red'), { withinMs: 3 * hour, what: 'the teams to be read' });
    expect((await readImport(field)).groups.problem).toBeNull();
  });

  it('do not hold up a merge, whose teams are read later', async () => {
    await field.install();
    await field.advance(30 * minute);
    const quirk = field.simulator.quirks.add({ route: 'groups', answer });
    // What was read half an hour ago is not what is true at the merge.
    field.simulator.repositories.setGroupMembers({ slug: 'red', members: [ada.uuid, cleo.uuid] });
    const id = await mergeLive();
    await field.advanceUntil(() => lookForDeployment(field, id), { withinMs: 2 * minute, what: 'the deployment' });
    expect(await listDeployments(field)).toMatchObject([{ number: id, teams: [], complete: true }]);
    quirk.remove();
    await field.advanceUntil(whenTeamed(id, 'blue'), { withinMs: 3 * hour, what: 'the teams to be read' });
  });
});

describe('Groups of a workspace that was renamed', () => {
  it('are read under its new name, so that a merge has its teams', async () => {
    await field.install();
    field.simulator.room.findWorkspace('acme').slug = 'renamed';
    await field.advance(minute);
    const id = await mergeLive();
    await field.advanceUntil(whenTeamed(id, 'blue', 'red'), { withinMs: 3 * hour, what: 'the teams to be read' });
    expect(await listDeployments(field)).toMatchObject([{ number: id, complete: true }]);
  });
});

describe('Groups that are refused', () => {
  it('hold up nothing either', async () => {
    mergeBefore();
    field.simulator.quirks.add({ route: 'groups', answer: { status: 403 } });
    await startInstall(field);
    await field.advanceUntil(whenDone, soon);
    const id = await mergeLive();
    expect((await listDeployments(field)).map(({ number, teams }) => [number, teams])).toEqual([
      [1, []],
      [id, []],
    ]);
    expect((await readImport(field)).groups.problem).not.toBeNull();
  });
});

describe('Teams that are known', () => {
  it('are not rewritten when groups change or fail afterwards', async () => {
    await field.install();
    const id = await mergeLive();
    await field.advanceUntil(whenTeamed(id, 'blue', 'red'), { withinMs: minute, what: 'the teams' });
    field.simulator.quirks.add({ route: 'groups', times: 3, answer: { status: 500 } });
    field.simulator.repositories.setGroupMembers({ slug: 'red', members: null });
    await field.advance(3 * hour);
    const again = await mergeLive();
    await field.advance(3 * hour);
    expect((await listDeployments(field)).map(({ number, teams }) => [number, teams])).toEqual([
      [id, ['blue', 'red']],
      [again, ['blue']],
    ]);
  });
});

describe('The administrators of a workspace', () => {
  const route = 'permissions';

  it.each(answers)('hold up neither import nor merge when they are answered by %s', async (_answered, answer) => {
    mergeBefore();
    field.simulator.quirks.add({ route, answer });
    await startInstall(field);
    await field.advanceUntil(whenDone, soon);
    const id = await mergeLive();
    expect((await listDeployments(field)).map(({ number }) => number)).toEqual([1, id]);
  });

  it('hold up no reconciliation', async () => {
    await field.install();
    const { pullRequests, quirks } = field.simulator;
    const { on, notices } = openPullRequest(field);
    await field.tell(notices);
    quirks.add({ route, answer: { status: 500 } });
    pullRequests.merge(on);
    await field.advance(100 * minute);
    expect((await listDeployments(field)).map(({ number }) => number)).toEqual([on.id]);
  });
});
