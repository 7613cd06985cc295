import {
  day,
  situationStart,
  hour,
  minute,
  startSituation,
  startInstall,
  type Situation,
} from '../../support/situation/situation';
import { openPullRequest } from '../../support/situation/open-pull-request';
import {
  listDeployed,
  listDeployments,
  lookForDeployment,
  readCompleteness,
  readImport,
} from '../../support/situation/read-situation';
import { nineBytes, refusedByAllowlist, type WrongAnswer } from '../../../simulator/traffic/quirks';

const repository = 'shop';
let situation: Situation;

const start = async (environment: Record<string, string> = {}): Promise<void> => {
  situation = await startSituation({ repositories: [{ slug: 'shop' }, { slug: 'pay' }], environment });
};
afterEach(() => situation.close());

/** Opens a pull request before the install, so that only its merge is news. */
function open(slug = repository): number {
  const at = situationStart - 3 * day;
  return openPullRequest(situation, { repository: slug, at }).on.id;
}

/** Merges now, and no notice tells of it. */
const mergeSilently = (id: number, slug = repository): void =>
  void situation.simulator.pullRequests.merge({ repository: slug, id });

const lookFor = (id: number) => () => lookForDeployment(situation, id);

const json403: WrongAnswer = { status: 403 };

describe('A reconciliation that is refused the list of repositories', () => {
  it.each([
    ['a 403', json403],
    ['the page of an allowlist', refusedByAllowlist],
    ['a 404 of nine bytes', nineBytes],
  ])('goes on at the next interval (%s, once)', async (_what, answer) => {
    await start();
    const id = open();
    await situation.install();
    situation.simulator.quirks.add({ route: 'repositories', times: 1, answer });
    mergeSilently(id);
    await situation.advanceUntil(lookFor(id), { withinMs: 3 * hour, what: 'the merge to be found' });
    expect(await listDeployed(situation)).toEqual([id]);
  });

  it('goes on after three hours of failures', async () => {
    await start();
    const id = open();
    await situation.install();
    const answer = { status: 503 };
    const quirk = situation.simulator.quirks.add({
      route: 'repositories',
      until: situation.clock.now() + 4 * hour,
      answer,
    });
    await situation.advance(4 * hour);
    expect(quirk.count).toBeGreaterThan(0);
    mergeSilently(id);
    await situation.advanceUntil(lookFor(id), { withinMs: 2 * hour, what: 'the merge to be found' });
    expect((await readCompleteness(situation)).verified_at).not.toBe(new Date(situationStart).toISOString());
  });

  it('does so each time, however often it is refused', async () => {
    await start();
    const id = open();
    await situation.install();
    const quirk = situation.simulator.quirks.add({ route: 'repositories', answer: json403 });
    await situation.advance(10 * hour);
    expect(quirk.count).toBeGreaterThan(5);
    quirk.remove();
    mergeSilently(id);
    await situation.advanceUntil(lookFor(id), { withinMs: 3 * hour, what: 'the merge to be found' });
    expect(await listDeployed(situation)).toEqual([id]);
  });

  it('does not take a repository for deleted because a page of the list is refused', async () => {
    await start();
    const id = open();
    await situation.install();
    situation.simulator.quirks.add({ route: 'repositories', answer: { status: 404 } });
    await situation.advance(2 * hour);
    situation.simulator.quirks.clear();
    mergeSilently(id);
    await situation.advanceUntil(lookFor(id), { withinMs: 3 * hour, what: 'the merge to be found' });
    expect(
      (await situation.get<{ items: { slug: string }[] }>('/systems')).items.map(({ slug }) => slug).sort(),
    ).toEqual(['pay', 'shop']);
  });
});

describe('A repository that is refused during one reconciliation', () => {
  /** Sixty pull requests touched since the merge: more than the page of the list on which it would be found. */
  const touchSixty = (ids: readonly number[]): void => {
    for (const id of ids) situation.simulator.pullRequests.edit({ repository, id, title: `Touched ${id}` });
  };

  it.each([
    ['a 403', json403],
    ['a 404', nineBytes],
    ['a 500', { status: 500 }],
  ])('holds the mark back and is compared from there once it answers again (%s)', async (_what, answer) => {
    await start();
    const [merged = 0, ...others] = Array.from({ length: 61 }, () => open());
    await situation.install();
    const before = (await readCompleteness(situation)).verified_at;
    await situation.advance(20 * minute);
    mergeSilently(merged);
    situation.clock.advance(5 * minute);
    touchSixty(others);
    const until = situation.clock.now() + 50 * minute;
    situation.simulator.quirks.add({ route: 'pull_requests', repository, until, answer });
    await situation.advance(45 * minute);
    expect((await readCompleteness(situation)).verified_at).toBe(before);
    expect((await readImport(situation)).problems).toMatchObject([{ repository: 'shop' }]);

    await situation.advanceUntil(lookFor(merged), { withinMs: 2 * hour, what: 'the merge to be found' });
    await situation.advance(5 * minute);
    expect(Date.parse((await readCompleteness(situation)).verified_at ?? '')).toBeGreaterThan(Date.parse(before ?? ''));
    expect((await readImport(situation)).problems).toEqual([]);
  });

  it('holds up no other repository', async () => {
    await start();
    const [here, there] = [open(), open('pay')];
    await situation.install();
    situation.simulator.quirks.add({ route: 'pull_requests', repository: 'pay', answer: json403 });
    mergeSilently(here);
    mergeSilently(there, 'pay');
    await situation.advance(70 * minute);
    expect((await listDeployments(situation)).map((one) => one.repository)).toEqual(['shop']);
  });

  it('holds the mark back for a day at most, and loses nothing by that', async () => {
    await start({ RECONCILE_MINUTES: '240' });
    const [merged = 0, ...others] = Array.from({ length: 61 }, () => open());
    await situation.install();
    const quirk = situation.simulator.quirks.add({ route: 'pull_requests', repository, answer: json403 });
    mergeSilently(merged);
    situation.clock.advance(5 * minute);
    touchSixty(others);
    await situation.advance(40 * hour);
    const { verified_at } = await readCompleteness(situation);
    expect(Date.parse(verified_at ?? '')).toBeGreaterThanOrEqual(situation.clock.now() - 30 * hour);
    expect((await readImport(situation)).problems).toMatchObject([{ repository: 'shop' }]);
    quirk.remove();
    await situation.advanceUntil(lookFor(merged), { withinMs: 9 * hour, what: 'the merge to be found' });
    expect(await listDeployed(situation)).toEqual([merged]);
  });
});

describe('A first import that is refused', () => {
  const whenDone = async (): Promise<true | null> => ((await readImport(situation)).state === 'done' ? true : null);

  it.each([
    ['the page of an allowlist', refusedByAllowlist],
    ['a 403', json403],
    ['a 404', nineBytes],
  ])('is named meanwhile and goes on by itself (%s, for a minute)', async (_what, answer) => {
    await start();
    const id = open();
    mergeSilently(id);
    const quirk = situation.simulator.quirks.add({ route: 'repositories', answer });
    await startInstall(situation);
    await situation.advance(minute);
    expect(quirk.count).toBeGreaterThan(0);
    expect((await readImport(situation)).problems).toMatchObject([{ repository: null }]);
    quirk.remove();
    await situation.advanceUntil(whenDone, { withinMs: 30 * minute, what: 'the import to be done' });
    expect(await listDeployed(situation)).toEqual([id]);
    expect((await readImport(situation)).problems).toEqual([]);
  });

  it('goes on by itself after two hours of failures', async () => {
    await start();
    const id = open();
    mergeSilently(id);
    const quirk = situation.simulator.quirks.add({ route: 'repositories', answer: { status: 502 } });
    await startInstall(situation);
    await situation.advance(3 * hour);
    quirk.remove();
    await situation.advanceUntil(whenDone, { withinMs: hour, what: 'the import to be done' });
    expect(await listDeployed(situation)).toEqual([id]);
  });

  it('of one repository is named with it, holds up no other, and goes on by itself', async () => {
    await start();
    const [here, there] = [open(), open('pay')];
    mergeSilently(here);
    mergeSilently(there, 'pay');
    const quirk = situation.simulator.quirks.add({ route: 'pull_requests', repository, answer: refusedByAllowlist });
    await startInstall(situation);
    await situation.advance(10 * minute);
    expect(await listDeployed(situation, 'pay')).toEqual([there]);
    expect((await readImport(situation)).problems).toMatchObject([{ repository: 'shop' }]);
    quirk.remove();
    await situation.advanceUntil(lookFor(here), { withinMs: 3 * hour, what: 'the merge to be imported' });
    expect((await readImport(situation)).problems).toEqual([]);
  });
});
