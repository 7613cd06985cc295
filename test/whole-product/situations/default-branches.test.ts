import { day, situationStart, hour, minute, startSituation, type Situation } from '../../support/situation/situation';
import { openPullRequest } from '../../support/situation/open-pull-request';
import { listDeployed, listMerged, lookForDeployment } from '../../support/situation/read-situation';
import { withItem, withMembers } from '../../../simulator/traffic/wrong-bodies';
import type { SimulatorNotice } from '../../../simulator/connect/deliver-notice';

const repository = 'shop';
let situation: Situation;

afterEach(() => situation.close());

async function start(mainBranch: string | null): Promise<void> {
  situation = await startSituation({ repositories: [{ slug: repository, mainBranch }] });
}

const at = situationStart - 5 * day;
const branchOff = (branch: string): SimulatorNotice[] =>
  situation.simulator.repositories.commit({ repository, branch, at: at - day });

function open(destination: string, openedAt = situation.clock.now()): { id: number; notices: SimulatorNotice[] } {
  const { on, notices } = openPullRequest(situation, { destination, at: openedAt });
  return { id: on.id, notices };
}

const merge = (id: number, mergedAt = situation.clock.now()): SimulatorNotice[] =>
  situation.simulator.pullRequests.merge({ repository, id, at: mergedAt });

const choose = (branch: string | null): SimulatorNotice[] =>
  situation.simulator.repositories.setDefaultBranch({ repository, branch });

const lookFor = (id: number) => () => lookForDeployment(situation, id);

describe('A merge into the default branch, read only after another was chosen', () => {
  /** Everything is refused for a while, so that notices can be taken but nothing be read. */
  const keepWaiting = (milliseconds: number): void => {
    const seconds = String(milliseconds / 1000);
    const answer = { status: 429, headers: { 'retry-after': seconds } };
    situation.simulator.quirks.add({ route: /./u, until: situation.clock.now() + milliseconds, answer });
  };

  it.each([
    ['whose notice comes second', true],
    ['silently', false],
  ])('is a deployment, for the branch was the default one then (%s)', async (_what, isTold) => {
    await start('master');
    branchOff('main');
    const { id, notices } = open('master', at);
    await situation.install();
    await situation.tell(notices);
    keepWaiting(10 * minute);
    await situation.tell(merge(id));
    const chosen = choose('main');
    if (isTold) await situation.tell(chosen);
    await situation.advanceUntil(lookFor(id), { withinMs: 2 * hour, what: 'the deployment' });
    expect(await listDeployed(situation)).toEqual([id]);
  });

  it('is none where the branch became the default one only after it', async () => {
    await start('master');
    branchOff('main');
    const { id, notices } = open('main', at);
    await situation.install();
    await situation.tell(notices);
    keepWaiting(10 * minute);
    await situation.tell(merge(id));
    await situation.tell(choose('main'));
    await situation.advance(2 * hour);
    expect(await listDeployed(situation)).toEqual([]);
    expect((await listMerged(situation)).map((one) => one.id)).toEqual([id]);
  });

  it('follows the branch that a notice tells of before it', async () => {
    await start('master');
    branchOff('main');
    const [before, after] = [open('main', at), open('master', at)];
    await situation.install();
    keepWaiting(10 * minute);
    await situation.tell(choose('main'));
    await situation.tell(merge(before.id));
    await situation.tell(merge(after.id));
    await situation.advanceUntil(lookFor(before.id), { withinMs: 2 * hour, what: 'the deployment' });
    await situation.advance(hour);
    expect(await listDeployed(situation)).toEqual([before.id]);
  });

  it('stays what it was when the default branch moves later', async () => {
    await start('master');
    branchOff('main');
    const { id, notices } = open('master', at);
    await situation.install();
    await situation.tell(notices);
    await situation.tell(merge(id));
    await situation.tell(choose('main'));
    await situation.advance(3 * hour);
    expect(await listDeployed(situation)).toEqual([id]);
  });
});

describe('A repository without a main branch', () => {
  /** One merged before the install into a branch that was no main branch yet. */
  async function importUnchosen(): Promise<number> {
    await start('main');
    const { id } = open('main', at);
    merge(id, at + hour);
    choose(null);
    await situation.install();
    expect(await listDeployed(situation)).toEqual([]);
    return id;
  }

  it.each([
    ['and a notice tells of it', true],
    ['silently', false],
  ])('has its history judged once one is chosen (%s)', async (_what, isTold) => {
    const id = await importUnchosen();
    expect((await listMerged(situation)).map((one) => one.id)).toEqual([id]);
    const chosen = choose('main');
    if (isTold) await situation.tell(chosen);
    await situation.advanceUntil(lookFor(id), { withinMs: 3 * hour, what: 'the deployment' });
    expect(await listDeployed(situation)).toEqual([id]);
  });

  it('has a history that is judged by the chosen branch alone', async () => {
    await start('main');
    branchOff('develop');
    const [ours, others] = [open('develop', at), open('main', at)];
    merge(ours.id, at + hour);
    merge(others.id, at + hour);
    choose(null);
    await situation.install();
    choose('develop');
    await situation.advanceUntil(lookFor(ours.id), { withinMs: 3 * hour, what: 'the deployment' });
    await situation.advance(hour);
    expect(await listDeployed(situation)).toEqual([ours.id]);
  });

  it('has its live merges judged then, too', async () => {
    await importUnchosen();
    const { id, notices } = open('main');
    await situation.tell(notices);
    await situation.tell(merge(id));
    expect(await listDeployed(situation)).toEqual([]);
    choose('main');
    await situation.advanceUntil(lookFor(id), { withinMs: 3 * hour, what: 'the deployment' });
    expect(await listDeployed(situation)).toEqual([1, id]);
  });

  it('may be empty at first: what comes into its first branch is deployed', async () => {
    await start(null);
    await situation.install();
    await situation.tell(situation.simulator.repositories.commit({ repository, branch: 'main' }));
    const { id, notices } = open('main');
    await situation.tell(notices);
    await situation.tell(merge(id));
    await situation.advance(2 * hour);
    expect(await listDeployed(situation)).toEqual([id]);
  });
});

describe('A main branch that is left out of an answer once', () => {
  it('is not taken for none by the import', async () => {
    await start('main');
    const { id } = open('main', at);
    merge(id, at + hour);
    const change = withItem(0, withMembers({ mainbranch: null }));
    situation.simulator.quirks.add({ route: 'repositories', times: 1, answer: { change } });
    await situation.install();
    await situation.advanceUntil(lookFor(id), { withinMs: 3 * hour, what: 'the deployment' });
    expect(await listDeployed(situation)).toEqual([id]);
  });

  it('is not taken for none by a live merge', async () => {
    await start('main');
    const { id, notices } = open('main', at);
    await situation.install();
    await situation.tell(notices);
    situation.simulator.quirks.add({
      route: 'repository',
      times: 1,
      answer: { change: withMembers({ mainbranch: null }) },
    });
    await situation.tell(merge(id));
    await situation.advanceUntil(lookFor(id), { withinMs: 3 * hour, what: 'the deployment' });
    expect(await listDeployed(situation)).toEqual([id]);
  });
});
