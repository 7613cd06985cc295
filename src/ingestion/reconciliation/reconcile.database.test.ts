import { AccessRevoked, BitbucketUnavailable, Forbidden, NotFoundInBitbucket } from '../../bitbucket/client/errors';
import { aWorkspaceUuid as workspace, anInstant, day, hour, minute } from '../../../test/support/builders';
import { aReconciliation, theConnection, type FakeWork } from '../../../test/support/fakes/fake-work';
import type { FakeQuestion } from '../../../test/support/fakes/fake-api';
import { mergeOne, shop, startWorkOnTwoRepositories, till } from '../../../test/support/fakes/two-repositories';
import { readPullRequestKind } from '../plans/reading-plan';
import { countRepairs } from './count-repairs';
import { reconcileKind, planReconciliation } from './reconcile';

const attic = '{attic}';
let work: FakeWork;

/** Imported; from then on no notice comes. */
beforeEach(async () => {
  work = await startWorkOnTwoRepositories();
  await work.connect();
  await work.pass(minute);
});
afterEach(() => work.close());

const merge = (uuid: string, at?: number): number => mergeOne(work, uuid, at);

async function findMerged(uuid: string): Promise<number[]> {
  const merged = await work.stores.pullRequests.list(workspace, uuid, { state: 'MERGED' });
  return merged
    .flatMap(({ number, mergeRecordedAt }) => (mergeRecordedAt === null ? [] : [number]))
    .toSorted((a, b) => a - b);
}

const refuse =
  (error: Error, ...wanted: (readonly [FakeQuestion['method'], string | null])[]) =>
  ({ method, repository }: FakeQuestion): Error | null =>
    wanted.some(([what, of]) => what === method && of === repository) ? error : null;
const nothing = () => null;
const unavailable = new BitbucketUnavailable({ status: 503, reason: 'status 503' });

describe('Reconciliation', () => {
  it('finds what was merged without a notice, and says up to when it has compared', async () => {
    expect(await work.verifiedAt()).toBe(anInstant);
    merge(shop);
    await work.pass(aReconciliation);
    expect(await findMerged(shop)).toEqual([1, 2]);
    expect(await work.verifiedAt()).toBe(anInstant + aReconciliation);
  });

  it('puts marks right that a clock which was ahead has set', async () => {
    const ahead = anInstant + 30 * day;
    for (const uuid of [shop, till]) await work.stores.repositories.markVerified(workspace, uuid, ahead);
    await work.stores.workspaces.update(workspace, { verifiedAt: ahead, repositoriesReadAt: ahead });
    merge(shop);
    await work.pass(aReconciliation);
    expect(await findMerged(shop)).toEqual([1, 2]);
    expect(await work.verifiedAt()).toBe(anInstant + aReconciliation);
    const marks = (await work.stores.repositories.list(workspace)).map(({ verifiedAt }) => verifiedAt);
    expect(marks).toEqual([anInstant + aReconciliation, anInstant + aReconciliation]);
  });

  it('counts once what nobody told of, also when it is cut off', async () => {
    const countRepaired = async () => (await work.stores.workCounts.read(workspace, work.clock.now())).repaired;
    merge(shop);
    merge(shop);
    merge(till);
    await work.pass(aReconciliation);
    expect(await countRepaired()).toBe(3);
    // The second comparison finds what it reads refused: the pull request is found again and again, and is one.
    merge(till);
    work.api.refuse = refuse(new Forbidden('pull_request'), ['getPullRequest', till]);
    await work.pass(2 * aReconciliation);
    expect(await countRepaired()).toBe(4);
    work.api.refuse = nothing;
    await work.pass(aReconciliation);
    expect(await findMerged(till)).toEqual([1, 2, 3]);
    expect(await countRepaired()).toBe(4);
  });

  it('counts nothing that a notice has told of, or may be about to, nor where Bitbucket does not call', async () => {
    const at = work.clock.now();
    const found = { workspace, repositoryUuid: shop };
    const old = { updatedAt: at - minute };
    const different = [1, 2, 3].map((number) => ({ number, ...old }));
    const count = (all = different) =>
      work.stores.database.transaction((tx) => countRepairs(work, { ...found, different: all }, tx));
    expect(await count([...different, ...different, { number: 4, updatedAt: at }])).toBe(3);
    await work.stores.jobs.enqueue({ workspace, kind: readPullRequestKind, key: `${shop}/2`, runAt: at });
    expect(await count()).toBe(2);
    const body = JSON.stringify({
      repository: { uuid: shop, full_name: 'acme/shop', name: 'shop' },
      pullrequest: { id: 3 },
    });
    const notice = { workspace, deliveryId: 'd', bodyHash: 'h', eventKey: 'pullrequest:push', body, receivedAt: at };
    await work.stores.notices.keepAll([notice]);
    expect(await count()).toBe(1);
    await work.stores.connections.noteTerms(theConnection, { hearing: 'polling' });
    expect(await count()).toBe(0);
  });

  it.each([
    ['403', new Forbidden('repositories')],
    ['404', new NotFoundInBitbucket('repositories')],
  ])('goes on at the next interval when the list of repositories was answered %s once', async (_what, error) => {
    let isFirst = true;
    work.api.refuse = ({ method }) => (method === 'listRepositories' && isFirst ? ((isFirst = false), error) : null);
    merge(till);
    await work.pass(aReconciliation);
    expect(isFirst).toBe(false);
    expect(await findMerged(till)).toEqual([1, 2]);
    merge(till);
    await work.pass(aReconciliation);
    expect(await findMerged(till)).toEqual([1, 2, 3]);
    expect(await work.verifiedAt()).toBe(anInstant + 2 * aReconciliation);
  });

  it.each([
    ['refuses', new Forbidden('repositories')],
    ['fails', unavailable],
    ['hangs', new BitbucketUnavailable({ status: null, reason: 'time-out' })],
    ['takes our credentials back', new AccessRevoked()],
    ['makes us stumble', new TypeError('ours')],
  ])('survives half a day in which Bitbucket %s, and says what is wrong', async (_what, error) => {
    work.api.refuse = () => error;
    await work.pass(day / 2);
    const before = (await work.verifiedAt()) ?? 0;
    expect(before).toBeLessThan(anInstant + hour);
    expect((await work.status()).problems.some(({ repository }) => repository === null)).toBe(true);
    merge(shop);
    work.api.refuse = nothing;
    await work.pass(aReconciliation);
    expect(await findMerged(shop)).toEqual([1, 2]);
    expect(await work.verifiedAt()).toBeGreaterThan(anInstant + day / 2);
    expect((await work.status()).problems).toEqual([]);
  });

  it('asks at most a few times more than usual while it is refused', async () => {
    work.api.refuse = () => new Forbidden('repositories');
    await work.pass(day);
    const asked = work.api.asked.length;
    await work.pass(day);
    // The list of repositories, the workspace, its groups, and two repositories: each at its turn and once between.
    expect(work.api.asked.length - asked).toBeLessThanOrEqual(24 * 5 * 2);
  });

  it('ends with an uninstall, and only with that', async () => {
    await work.stores.connections.setStatus(theConnection, 'disabled', { now: work.clock.now() });
    await work.pass(3 * aReconciliation);
    expect(await work.stores.jobs.find({ workspace, kind: reconcileKind, key: 'all' })).toMatchObject({
      state: 'ready',
    });
    await work.disconnect();
    await work.pass(3 * aReconciliation);
    expect(await work.stores.jobs.find({ workspace, kind: reconcileKind, key: 'all' })).toBeNull();
  });

  it('comes to life again where an earlier version buried it', async () => {
    const [job] = await work.stores.jobs.claim({
      ...{ kinds: [reconcileKind], now: work.clock.now() + day, leaseMs: 1, limit: 1 },
    });
    if (job === undefined) throw new Error('There is no reconciliation.');
    await work.stores.givenUp.bury(job, { problem: 'refused', now: work.clock.now() });
    await planReconciliation({ ...work, reconcileMinutes: 60 }, workspace);
    merge(shop);
    await work.pass(2 * aReconciliation);
    expect(await findMerged(shop)).toEqual([1, 2]);
  });
});

describe('A repository that is refused', () => {
  const refuseShop = () => (work.api.refuse = refuse(new Forbidden('pull_requests'), ['listPullRequests', shop]));

  it('holds the workspace back, is named, and is compared from its own mark once it answers', async () => {
    refuseShop();
    merge(shop, work.clock.now() - minute);
    merge(till, work.clock.now() - minute);
    // Three hours with much ado in the other one.
    for (let count = 0; count < 3; count += 1) {
      await work.pass(aReconciliation);
      expect(await work.verifiedAt()).toBe(anInstant);
      merge(till);
    }
    expect(await findMerged(till)).toHaveLength(4);
    expect((await work.status()).problems).toMatchObject([
      { repository: 'shop', message: expect.stringContaining('(403)') as string },
    ]);
    work.api.refuse = nothing;
    await work.pass(aReconciliation);
    expect(await findMerged(shop)).toEqual([1, 2]);
    expect(await work.verifiedAt()).toBe(anInstant + 4 * aReconciliation);
    expect((await work.status()).problems).toEqual([]);
  });

  it('loses none of 197 merges, 69 of them in the one that is refused in one cycle', async () => {
    const kiosk = '{kiosk}';
    work.api.addRepository(kiosk, 'kiosk');
    await work.pass(aReconciliation);
    for (let count = 0; count < 64; count += 1) [till, kiosk].forEach((uuid) => merge(uuid));
    for (let count = 0; count < 69; count += 1) merge(shop);
    refuseShop();
    const before = await work.verifiedAt();
    await work.pass(aReconciliation);
    expect((await work.status()).problems).toMatchObject([{ repository: 'shop' }]);
    expect(await work.verifiedAt()).toBe(before);
    work.api.refuse = nothing;
    // So much ado in the others that only a mark of its own reaches back far enough.
    await work.pass(aReconciliation);
    const found = await Promise.all([shop, till, kiosk].map(findMerged));
    expect(found.map(({ length }) => length)).toEqual([70, 65, 64]);
  });

  it('holds it back for a day at most, and loses nothing by that', async () => {
    refuseShop();
    merge(shop);
    await work.pass(day);
    expect(await work.verifiedAt()).toBe(anInstant);
    await work.pass(2 * aReconciliation);
    expect(await work.verifiedAt()).toBeGreaterThan(anInstant + day);
    expect((await work.status()).problems).toMatchObject([{ repository: 'shop' }]);
    for (let count = 0; count < 9; count += 1) work.api.openPullRequest(shop, work.clock.now() - minute);
    work.api.refuse = nothing;
    await work.pass(aReconciliation);
    expect(await findMerged(shop)).toEqual([1, 2]);
  });

  it('is asked again soon, without waiting for the next turn', async () => {
    const before = work.api.countAsked('listPullRequests', shop);
    work.api.refuse = (question) =>
      question.repository === shop && work.api.countAsked('listPullRequests', shop) < before + 4
        ? new Forbidden('pull_requests')
        : null;
    merge(shop, work.clock.now() - minute);
    await work.pass(aReconciliation + 2 * minute);
    expect(await findMerged(shop)).toEqual([1, 2]);
  });

  it('is gone when it does not find itself any more, and only then', async () => {
    work.api.refuse = refuse(new NotFoundInBitbucket('pull_requests'), ['listPullRequests', shop]);
    await work.pass(aReconciliation);
    expect(await work.stores.repositories.get(workspace, shop)).toMatchObject({ goneAt: null });
    expect((await work.status()).problems).toMatchObject([{ repository: 'shop' }]);
    work.api.refuse = nothing;
    Object.assign(work.api.find(shop, ''), { isThere: false, isListed: false });
    await work.pass(aReconciliation);
    expect((await work.stores.repositories.get(workspace, shop))?.goneAt).not.toBeNull();
    expect((await work.status()).problems).toEqual([]);
    expect(await work.verifiedAt()).toBeGreaterThan(anInstant + aReconciliation);
  });

  it('may show a pull request that nobody understands: it is named, and the mark waits', async () => {
    const number = merge(shop);
    work.api.find(shop, '').unreadable.add(number);
    merge(shop);
    await work.pass(aReconciliation);
    expect(await findMerged(shop)).toEqual([1, 3]);
    expect(await work.verifiedAt()).toBe(anInstant);
    expect((await work.status()).problems).toMatchObject([
      { repository: 'shop', message: expect.stringContaining('could not be understood') as string },
    ]);
    work.api.find(shop, '').unreadable.clear();
    await work.pass(2 * aReconciliation);
    expect(await findMerged(shop)).toEqual([1, 2, 3]);
    expect((await work.status()).problems).toEqual([]);
  });
});

describe('The list of repositories', () => {
  it('brings new ones, which hold the workspace back until they are imported', async () => {
    work.api.addRepository(attic, 'attic');
    merge(attic, work.clock.now() - 3 * day);
    work.api.refuse = refuse(unavailable, ['listPullRequests', attic]);
    await work.pass(2 * aReconciliation);
    expect(await work.verifiedAt()).toBe(anInstant);
    work.api.refuse = nothing;
    await work.pass(aReconciliation);
    expect(await findMerged(attic)).toEqual([1]);
    await work.pass(aReconciliation);
    expect(await work.verifiedAt()).toBe(anInstant + 4 * aReconciliation);
  });

  it('is no proof that one is gone: that one is asked for by itself', async () => {
    work.api.find(shop, '').isListed = false;
    merge(shop);
    await work.pass(aReconciliation);
    expect(work.api.countAsked('getRepository', shop)).toBeGreaterThan(0);
    expect(await findMerged(shop)).toEqual([1, 2]);
    work.api.refuse = refuse(new Forbidden('repository'), ['getRepository', shop]);
    await work.pass(aReconciliation);
    expect(await work.stores.repositories.list(workspace)).toHaveLength(2);
    work.api.refuse = nothing;
    work.api.find(shop, '').isThere = false;
    await work.pass(aReconciliation);
    expect((await work.stores.repositories.list(workspace)).map(({ uuid }) => uuid)).toEqual([till]);
  });

  it('may hold one that nobody understands: it is named, and asked for by itself', async () => {
    work.api.find(shop, '').isListed = false;
    work.api.unreadableRepositories = ['item 7: uuid'];
    await work.pass(aReconciliation);
    expect((await work.status()).problems).toMatchObject([
      { repository: null, message: expect.stringContaining('item 7') as string },
    ]);
    expect(await work.stores.repositories.list(workspace)).toHaveLength(2);
    work.api.unreadableRepositories = [];
    await work.pass(aReconciliation);
    expect((await work.status()).problems).toEqual([]);
  });

  it('brings back one that was gone, and it is compared from where it was left', async () => {
    const repository = work.api.find(shop, '');
    Object.assign(repository, { isThere: false, isListed: false });
    await work.pass(aReconciliation);
    expect(await work.stores.repositories.list(workspace)).toHaveLength(1);
    Object.assign(repository, { isThere: true, isListed: true });
    merge(shop, work.clock.now() - minute);
    await work.pass(2 * aReconciliation);
    expect(await work.stores.repositories.get(workspace, shop)).toMatchObject({ goneAt: null });
    expect(await findMerged(shop)).toEqual([1, 2]);
  });
});

describe('A reading that was given up', () => {
  it('is asked for again once its repository answers, although a notice has brought the list up to date', async () => {
    const number = work.api.openPullRequest(shop, work.clock.now());
    const listed = await work.api.open().getPullRequest(workspace, shop, number);
    await work.stores.pullRequests.saveSnapshots(workspace, shop, [listed]);
    const job = { workspace, kind: 'read-pull-request', key: `${shop}/${number}`, runAt: work.clock.now() };
    await work.stores.jobs.enqueue(job);
    work.api.refuse = refuse(new Forbidden('pull_request'), ['getPullRequest', shop]);
    await work.pass(10 * minute);
    expect(await work.stores.jobs.find(job)).toMatchObject({ state: 'dead' });
    work.api.refuse = nothing;
    await work.pass(aReconciliation);
    expect(await work.stores.jobs.find(job)).toBeNull();
    expect(await work.stores.pullRequests.get(workspace, shop, number)).toMatchObject({ commitsState: 'complete' });
  });
});
