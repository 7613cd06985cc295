import { AccessRevoked, BitbucketUnavailable, Forbidden } from '../../bitbucket/client/errors';
import { aWorkspaceUuid as workspace, anInstant, day, hour, minute } from '../../../test/support/builders';
import { aReconciliation, theConnection, type FakeWork } from '../../../test/support/fakes/fake-work';
import { mergeOne, shop, startWorkOnTwoRepositories, till } from '../../../test/support/fakes/two-repositories';
import { computePollPause, pollKind } from './poll';

/** Longer than it takes until other work that fails is given up. */
const hours = 3 * hour;

let work: FakeWork;

const start = async (terms: Parameters<FakeWork['connect']>[0] = { hearing: 'polling' }): Promise<void> => {
  await work.connect(terms);
  await work.pass(10 * minute);
};
beforeEach(async () => {
  work = await startWorkOnTwoRepositories();
});
afterEach(() => work.close());

async function countMerged(uuid: string): Promise<number> {
  const merged = await work.stores.pullRequests.list(workspace, uuid, { state: 'MERGED' });
  return merged.filter(({ mergeRecordedAt }) => mergeRecordedAt !== null).length;
}

const findPoll = () => work.stores.jobs.find({ workspace, kind: pollKind, key: 'all' });
const findPolledAt = async () => (await work.stores.workspaces.get(workspace))?.polledAt ?? null;

describe('A workspace that nobody calls about', () => {
  it('is asked every two minutes what moved, and what did is there then', async () => {
    await start();
    mergeOne(work, shop);
    await work.pass(2 * minute);
    expect(await countMerged(shop)).toBe(2);
    expect(await findPolledAt()).toBeGreaterThan(work.clock.now() - 2 * minute);
  });

  it('costs one request a look while nothing moves', async () => {
    await start();
    const before = work.api.asked.length;
    await work.pass(40 * minute);
    expect(work.api.asked.slice(before).map(({ method }) => method)).toEqual(
      Array.from({ length: 20 }, () => 'listUpdatedRepositories'),
    );
  });

  it('is compared as ever at each interval, and the marks say what was compared', async () => {
    await start();
    const before = await work.verifiedAt();
    mergeOne(work, shop);
    await work.pass(10 * minute);
    // The other repository was not compared since.
    expect(await work.verifiedAt()).toBe(before);
    await work.pass(aReconciliation);
    expect(await work.verifiedAt()).toBeGreaterThan(before ?? 0);
  });

  it('shows new repositories, and their history', async () => {
    await start();
    work.api.addRepository('{new}', 'new');
    mergeOne(work, '{new}');
    await work.pass(3 * minute);
    expect(await countMerged('{new}')).toBe(1);
  });

  it.each([
    ['is refused', new Forbidden('repositories')],
    ['fails', new BitbucketUnavailable({ status: 503, reason: 'status 503' })],
    ['has its token revoked', new AccessRevoked()],
  ])('and %s for hours is asked again afterwards, from where it was left', async (_what, error) => {
    await start();
    work.api.refuse = () => error;
    mergeOne(work, shop);
    await work.pass(hours);
    expect(await findPoll()).toMatchObject({ state: 'ready' });
    const polledAt = (await findPolledAt()) ?? 0;
    expect(polledAt).toBeLessThan(anInstant + hour);
    work.api.refuse = () => null;
    await work.pass(hour);
    expect(await countMerged(shop)).toBe(2);
    expect(await findPolledAt()).toBeGreaterThan(anInstant + hours);
  });

  it('has all of its repositories compared where Bitbucket does not sort them', async () => {
    await start();
    const refusal = new BitbucketUnavailable({ status: 400, reason: 'status 400' });
    work.api.refuse = ({ method }) => (method === 'listUpdatedRepositories' ? refusal : null);
    mergeOne(work, till);
    await work.pass(3 * minute);
    expect(await countMerged(till)).toBe(2);
  });

  it('is no longer asked once it calls, and again when it no longer does', async () => {
    await start();
    await work.stores.connections.noteTerms(theConnection, { hearing: 'notices' });
    await work.pass(3 * minute);
    expect(await findPoll()).toBeNull();
    expect(await findPolledAt()).toBeNull();
    await work.stores.connections.noteTerms(theConnection, { hearing: 'polling' });
    await work.lifecycle.step(workspace, (tx) => work.lifecycle.onHearingChanged(workspace, tx));
    mergeOne(work, shop);
    await work.pass(minute);
    expect(await countMerged(shop)).toBe(2);
  });

  it('is asked about the repositories that its connection reaches, and about no other', async () => {
    await start({ hearing: 'polling', repositories: [shop] });
    mergeOne(work, shop);
    mergeOne(work, till);
    await work.pass(aReconciliation + 10 * minute);
    expect(await countMerged(shop)).toBe(2);
    expect(work.api.asked.filter(({ repository }) => repository === till)).toEqual([]);
    const whole = ['listRepositories', 'listUpdatedRepositories', 'getWorkspace'] as const;
    expect(whole.map((method) => work.api.countAsked(method))).toEqual([0, 0, 0]);
  });
});

describe('A workspace whose connection reaches less than the one before', () => {
  it('keeps what is out of reach, names it, and compares it from its mark once it is reached again', async () => {
    await start({ hearing: 'notices' });
    await work.stores.connections.noteTerms(theConnection, { repositories: [shop] });
    await work.lifecycle.step(workspace, (tx) => work.lifecycle.onMoved(workspace, tx));
    mergeOne(work, till);
    await work.pass(day);
    expect(await countMerged(till)).toBe(1);
    expect((await work.stores.repositories.get(workspace, till))?.goneAt).toBeNull();
    expect((await work.status()).problems).toMatchObject([{ repository: 'till' }]);
    expect(await work.verifiedAt()).toBeGreaterThan(work.clock.now() - 2 * hour);

    await work.stores.connections.noteTerms(theConnection, { repositories: null });
    await work.pass(2 * aReconciliation);
    expect(await countMerged(till)).toBe(2);
    expect((await work.status()).problems).toEqual([]);
  });

  it('does not wait for an import that is under way and out of reach, and goes on with it later', async () => {
    work.api.refuse = ({ repository }) => (repository === till ? new AccessRevoked() : null);
    await start({ hearing: 'notices' });
    expect((await work.status()).state).toBe('running');
    work.api.refuse = () => null;
    await work.stores.connections.noteTerms(theConnection, { repositories: [shop] });
    await work.lifecycle.step(workspace, (tx) => work.lifecycle.onMoved(workspace, tx));
    await work.pass(minute);
    expect((await work.status()).state).toBe('done');
    expect(await countMerged(till)).toBe(0);

    await work.stores.connections.noteTerms(theConnection, { repositories: null });
    await work.pass(2 * aReconciliation);
    expect(await countMerged(till)).toBe(1);
    expect((await work.status()).problems).toEqual([]);
  });
});

describe('The pause between two looks', () => {
  it.each([
    [1, 1000, 2 * minute],
    [11, 1000, 198_000],
    [101, 1000, 1_818_000],
    [500, 1000, hour],
    [11, 10_000, 2 * minute],
    [1, 10, 30 * minute],
  ])(
    'after %i requests of %i an hour leaves four fifths of them to everything else: %i ms',
    (requests, limit, pause) => {
      expect(computePollPause(requests, limit, hour)).toBe(pause);
    },
  );
});
