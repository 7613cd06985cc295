import { day, fieldStart, hour, minute, startField, startInstall, type Field } from '../../support/field/field';
import { openPullRequest } from '../../support/field/open-pull-request';
import {
  listDeployed,
  listDeployments,
  lookForDeployment,
  readCompleteness,
  readImport,
} from '../../support/field/read-field';
import { nineBytes, refusedByAllowlist, type WrongAnswer } from '../../../simulator/traffic/quirks';

const repository = 'shop';
let field: Field;

const start = async (environment: Record<string, string> = {}): Promise<void> => {
  field = await startField({ repositories: [{ slug: 'shop' }, { slug: 'pay' }], environment });
};
afterEach(() => field.close());

/** Opens a pull request before the install, so that only its merge is news. */
function open(slug = repository): number {
  const at = fieldStart - 3 * day;
  return openPullRequest(field, { repository: slug, at }).on.id;
}

/** Merges now, and no notice tells of it. */
const mergeSilently = (id: number, slug = repository): void =>
  void field.simulator.pullRequests.merge({ repository: slug, id });

const lookFor = (id: number) => () => lookForDeployment(field, id);

const json403: WrongAnswer = { status: 403 };

describe('A reconciliation that is refused the list of repositories', () => {
  it.each([
    ['a 403', json403],
    ['the page of an allowlist', refusedByAllowlist],
    ['a 404 of nine bytes', nineBytes],
  ])('goes on at the next interval (%s, once)', async (_what, answer) => {
    await start();
    const id = open();
    await field.install();
    field.simulator.quirks.add({ route: 'repositories', times: 1, answer });
    mergeSilently(id);
    await field.advanceUntil(lookFor(id), { withinMs: 3 * hour, what: 'the merge to be found' });
    expect(await listDeployed(field)).toEqual([id]);
  });

  it('goes on after three hours of failures', async () => {
    await start();
    const id = open();
    await field.install();
    const answer = { status: 503 };
    const quirk = field.simulator.quirks.add({ route: 'repositories', until: field.clock.now() + 4 * hour, answer });
    await field.advance(4 * hour);
    expect(quirk.count).toBeGreaterThan(0);
    mergeSilently(id);
    await field.advanceUntil(lookFor(id), { withinMs: 2 * hour, what: 'the merge to be found' });
    expect((await readCompleteness(field)).verified_at).not.toBe(new Date(fieldStart).toISOString());
  });

  it('does so each time, however often it is refused', async () => {
    await start();
    const id = open();
    await field.install();
    const quirk = field.simulator.quirks.add({ route: 'repositories', answer: json403 });
    await field.advance(10 * hour);
    expect(quirk.count).toBeGreaterThan(5);
    quirk.remove();
    mergeSilently(id);
    await field.advanceUntil(lookFor(id), { withinMs: 3 * hour, what: 'the merge to be found' });
    expect(await listDeployed(field)).toEqual([id]);
  });

  it('does not take a repository for deleted because a page of the list is refused', async () => {
    await start();
    const id = open();
    await field.install();
    field.simulator.quirks.add({ route: 'repositories', answer: { status: 404 } });
    await field.advance(2 * hour);
    field.simulator.quirks.clear();
    mergeSilently(id);
    await field.advanceUntil(lookFor(id), { withinMs: 3 * hour, what: 'the merge to be found' });
    expect((await field.get<{ items: { slug: string }[] }>('/systems')).items.map(({ slug }) => slug).sort()).toEqual([
      'pay',
      'shop',
    ]);
  });
});

describe('A repository that is refused during one reconciliation', () => {
  /** Sixty pull requests touched since the merge: more than the page of the list on which it would be found. */
  const touchSixty = (ids: readonly number[]): void => {
    for (const id of ids) field.simulator.pullRequests.edit({ repository, id, title: `Touched ${id}` });
  };

  it.each([
    ['a 403', json403],
    ['a 404', nineBytes],
    ['a 500', { status: 500 }],
  ])('holds the mark back and is compared from there once it answers again (%s)', async (_what, answer) => {
    await start();
    const [merged = 0, ...others] = Array.from({ length: 61 }, () => open());
    await field.install();
    const before = (await readCompleteness(field)).verified_at;
    await field.advance(20 * minute);
    mergeSilently(merged);
    field.clock.advance(5 * minute);
    touchSixty(others);
    const until = field.clock.now() + 50 * minute;
    field.simulator.quirks.add({ route: 'pull_requests', repository, until, answer });
    await field.advance(45 * minute);
    expect((await readCompleteness(field)).verified_at).toBe(before);
    expect((await readImport(field)).problems).toMatchObject([{ repository: 'shop' }]);

    await field.advanceUntil(lookFor(merged), { withinMs: 2 * hour, what: 'the merge to be found' });
    await field.advance(5 * minute);
    expect(Date.parse((await readCompleteness(field)).verified_at ?? '')).toBeGreaterThan(Date.parse(before ?? ''));
    expect((await readImport(field)).problems).toEqual([]);
  });

  it('holds up no other repository', async () => {
    await start();
    const [here, there] = [open(), open('pay')];
    await field.install();
    field.simulator.quirks.add({ route: 'pull_requests', repository: 'pay', answer: json403 });
    mergeSilently(here);
    mergeSilently(there, 'pay');
    await field.advance(70 * minute);
    expect((await listDeployments(field)).map((one) => one.repository)).toEqual(['shop']);
  });

  it('holds the mark back for a day at most, and loses nothing by that', async () => {
    await start({ RECONCILE_MINUTES: '240' });
    const [merged = 0, ...others] = Array.from({ length: 61 }, () => open());
    await field.install();
    const quirk = field.simulator.quirks.add({ route: 'pull_requests', repository, answer: json403 });
    mergeSilently(merged);
    field.clock.advance(5 * minute);
    touchSixty(others);
    await field.advance(40 * hour);
    const { verified_at } = await readCompleteness(field);
    expect(Date.parse(verified_at ?? '')).toBeGreaterThanOrEqual(field.clock.now() - 30 * hour);
    expect((await readImport(field)).problems).toMatchObject([{ repository: 'shop' }]);
    quirk.remove();
    await field.advanceUntil(lookFor(merged), { withinMs: 9 * hour, what: 'the merge to be found' });
    expect(await listDeployed(field)).toEqual([merged]);
  });
});

describe('A first import that is refused', () => {
  const whenDone = async (): Promise<true | null> => ((await readImport(field)).state === 'done' ? true : null);

  it.each([
    ['the page of an allowlist', refusedByAllowlist],
    ['a 403', json403],
    ['a 404', nineBytes],
  ])('is named meanwhile and goes on by itself (%s, for a minute)', async (_what, answer) => {
    await start();
    const id = open();
    mergeSilently(id);
    const quirk = field.simulator.quirks.add({ route: 'repositories', answer });
    await startInstall(field);
    await field.advance(minute);
    expect(quirk.count).toBeGreaterThan(0);
    expect((await readImport(field)).problems).toMatchObject([{ repository: null }]);
    quirk.remove();
    await field.advanceUntil(whenDone, { withinMs: 30 * minute, what: 'the import to be done' });
    expect(await listDeployed(field)).toEqual([id]);
    expect((await readImport(field)).problems).toEqual([]);
  });

  it('goes on by itself after two hours of failures', async () => {
    await start();
    const id = open();
    mergeSilently(id);
    const quirk = field.simulator.quirks.add({ route: 'repositories', answer: { status: 502 } });
    await startInstall(field);
    await field.advance(3 * hour);
    quirk.remove();
    await field.advanceUntil(whenDone, { withinMs: hour, what: 'the import to be done' });
    expect(await listDeployed(field)).toEqual([id]);
  });

  it('of one repository is named with it, holds up no other, and goes on by itself', async () => {
    await start();
    const [here, there] = [open(), open('pay')];
    mergeSilently(here);
    mergeSilently(there, 'pay');
    const quirk = field.simulator.quirks.add({ route: 'pull_requests', repository, answer: refusedByAllowlist });
    await startInstall(field);
    await field.advance(10 * minute);
    expect(await listDeployed(field, 'pay')).toEqual([there]);
    expect((await readImport(field)).problems).toMatchObject([{ repository: 'shop' }]);
    quirk.remove();
    await field.advanceUntil(lookFor(here), { withinMs: 3 * hour, what: 'the merge to be imported' });
    expect((await readImport(field)).problems).toEqual([]);
  });
});
