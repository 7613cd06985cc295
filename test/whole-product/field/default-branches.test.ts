import { day, fieldStart, hour, minute, startField, type Field } from '../../support/field/field';
import { openPullRequest } from '../../support/field/open-pull-request';
import { listDeployed, listMerged, lookForDeployment } from '../../support/field/read-field';
import { withItem, withMembers } from '../../../simulator/traffic/wrong-bodies';
import type { SimulatorNotice } from '../../../simulator/connect/deliver-notice';

const repository = 'shop';
let field: Field;

afterEach(() => field.close());

async function start(mainBranch: string | null): Promise<void> {
  field = await startField({ repositories: [{ slug: repository, mainBranch }] });
}

const at = fieldStart - 5 * day;
const branchOff = (branch: string): SimulatorNotice[] =>
  field.simulator.repositories.commit({ repository, branch, at: at - day });

function open(destination: string, openedAt = field.clock.now()): { id: number; notices: SimulatorNotice[] } {
  const { on, notices } = openPullRequest(field, { destination, at: openedAt });
  return { id: on.id, notices };
}

const merge = (id: number, mergedAt = field.clock.now()): SimulatorNotice[] =>
  field.simulator.pullRequests.merge({ repository, id, at: mergedAt });

const choose = (branch: string | null): SimulatorNotice[] =>
  field.simulator.repositories.setDefaultBranch({ repository, branch });

const lookFor = (id: number) => () => lookForDeployment(field, id);

describe('A merge into the default branch, read only after another was chosen', () => {
  /** Everything is refused for a while, so that notices can be taken but nothing be read. */
  const keepWaiting = (milliseconds: number): void => {
    const seconds = String(milliseconds / 1000);
    const answer = { status: 429, headers: { 'retry-after': seconds } };
    field.simulator.quirks.add({ route: /./u, until: field.clock.now() + milliseconds, answer });
  };

  it.each([
    ['whose notice comes second', true],
    ['silently', false],
  ])('is a deployment, for the branch was the default one then (%s)', async (_what, isTold) => {
    await start('master');
    branchOff('main');
    const { id, notices } = open('master', at);
    await field.install();
    await field.tell(notices);
    keepWaiting(10 * minute);
    await field.tell(merge(id));
    const chosen = choose('main');
    if (isTold) await field.tell(chosen);
    await field.advanceUntil(lookFor(id), { withinMs: 2 * hour, what: 'the deployment' });
    expect(await listDeployed(field)).toEqual([id]);
  });

  it('is none where the branch became the default one only after it', async () => {
    await start('master');
    branchOff('main');
    const { id, notices } = open('main', at);
    await field.install();
    await field.tell(notices);
    keepWaiting(10 * minute);
    await field.tell(merge(id));
    await field.tell(choose('main'));
    await field.advance(2 * hour);
    expect(await listDeployed(field)).toEqual([]);
    expect((await listMerged(field)).map((one) => one.id)).toEqual([id]);
  });

  it('follows the branch that a notice tells of before it', async () => {
    await start('master');
    branchOff('main');
    const [before, after] = [open('main', at), open('master', at)];
    await field.install();
    keepWaiting(10 * minute);
    await field.tell(choose('main'));
    await field.tell(merge(before.id));
    await field.tell(merge(after.id));
    await field.advanceUntil(lookFor(before.id), { withinMs: 2 * hour, what: 'the deployment' });
    await field.advance(hour);
    expect(await listDeployed(field)).toEqual([before.id]);
  });

  it('stays what it was when the default branch moves later', async () => {
    await start('master');
    branchOff('main');
    const { id, notices } = open('master', at);
    await field.install();
    await field.tell(notices);
    await field.tell(merge(id));
    await field.tell(choose('main'));
    await field.advance(3 * hour);
    expect(await listDeployed(field)).toEqual([id]);
  });
});

describe('A repository without a main branch', () => {
  /** One merged before the install into a branch that was no main branch yet. */
  async function importUnchosen(): Promise<number> {
    await start('main');
    const { id } = open('main', at);
    merge(id, at + hour);
    choose(null);
    await field.install();
    expect(await listDeployed(field)).toEqual([]);
    return id;
  }

  it.each([
    ['and a notice tells of it', true],
    ['silently', false],
  ])('has its history judged once one is chosen (%s)', async (_what, isTold) => {
    const id = await importUnchosen();
    expect((await listMerged(field)).map((one) => one.id)).toEqual([id]);
    const chosen = choose('main');
    if (isTold) await field.tell(chosen);
    await field.advanceUntil(lookFor(id), { withinMs: 3 * hour, what: 'the deployment' });
    expect(await listDeployed(field)).toEqual([id]);
  });

  it('has a history that is judged by the chosen branch alone', async () => {
    await start('main');
    branchOff('develop');
    const [ours, others] = [open('develop', at), open('main', at)];
    merge(ours.id, at + hour);
    merge(others.id, at + hour);
    choose(null);
    await field.install();
    choose('develop');
    await field.advanceUntil(lookFor(ours.id), { withinMs: 3 * hour, what: 'the deployment' });
    await field.advance(hour);
    expect(await listDeployed(field)).toEqual([ours.id]);
  });

  it('has its live merges judged then, too', async () => {
    await importUnchosen();
    const { id, notices } = open('main');
    await field.tell(notices);
    await field.tell(merge(id));
    expect(await listDeployed(field)).toEqual([]);
    choose('main');
    await field.advanceUntil(lookFor(id), { withinMs: 3 * hour, what: 'the deployment' });
    expect(await listDeployed(field)).toEqual([1, id]);
  });

  it('may be empty at first: what comes into its first branch is deployed', async () => {
    await start(null);
    await field.install();
    await field.tell(field.simulator.repositories.commit({ repository, branch: 'main' }));
    const { id, notices } = open('main');
    await field.tell(notices);
    await field.tell(merge(id));
    await field.advance(2 * hour);
    expect(await listDeployed(field)).toEqual([id]);
  });
});

describe('A main branch that is left out of an answer once', () => {
  it('is not taken for none by the import', async () => {
    await start('main');
    const { id } = open('main', at);
    merge(id, at + hour);
    const change = withItem(0, withMembers({ mainbranch: null }));
    field.simulator.quirks.add({ route: 'repositories', times: 1, answer: { change } });
    await field.install();
    await field.advanceUntil(lookFor(id), { withinMs: 3 * hour, what: 'the deployment' });
    expect(await listDeployed(field)).toEqual([id]);
  });

  it('is not taken for none by a live merge', async () => {
    await start('main');
    const { id, notices } = open('main', at);
    await field.install();
    await field.tell(notices);
    field.simulator.quirks.add({
      route: 'repository',
      times: 1,
      answer: { change: withMembers({ mainbranch: null }) },
    });
    await field.tell(merge(id));
    await field.advanceUntil(lookFor(id), { withinMs: 3 * hour, what: 'the deployment' });
    expect(await listDeployed(field)).toEqual([id]);
  });
});
