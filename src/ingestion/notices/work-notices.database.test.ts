import { BitbucketUnavailable, Forbidden } from '../../bitbucket/client/errors';
import { aRepositoryUuid as shop, aWorkspaceUuid as workspace, minute } from '../../../test/support/builders';
import { buildPullRequestPayload } from '../../../test/support/fakes/bitbucket-payloads';
import { aReconciliation, startFakeWork, type FakeWork } from '../../../test/support/fakes/fake-work';
import { notices } from '../../store/schema/work';

let work: FakeWork;
let count = 0;

beforeEach(async () => {
  work = await startFakeWork();
  work.api.addRepository(shop, 'shop');
  await work.connect();
  await work.pass(minute);
});
afterEach(() => work.close());

/** A notice comes in, as the inbox keeps it. */
async function tell(eventKey: string, data: object = {}, at = work.clock.now()): Promise<string> {
  count += 1;
  const deliveryId = `delivery ${count}`;
  const body = JSON.stringify({ event: eventKey, data: { repository: { uuid: shop, name: 'shop' }, ...data } });
  const receivedAt = at + count;
  await work.stores.notices.keepAll([{ workspace, deliveryId, bodyHash: 'h', eventKey, body, receivedAt }]);
  await work.stores.jobs.enqueue({ workspace, kind: 'work-notices', key: 'all', runAt: work.clock.now() });
  return deliveryId;
}

const isPresent = async () => (await work.stores.repositories.list(workspace)).length === 1;
const listStates = async () =>
  (await work.stores.database.find(notices, { where: { workspace } })).map(({ state }) => state).toSorted();

describe('A notice that a repository was deleted', () => {
  it('is a claim: a repository that answers stays', async () => {
    await tell('repo:deleted');
    await work.pass(minute);
    expect(work.api.countAsked('getRepository', shop)).toBe(1);
    expect(await isPresent()).toBe(true);
  });

  it('is true once the repository does not find itself', async () => {
    Object.assign(work.api.find(shop, ''), { isThere: false, isListed: false });
    await tell('repo:deleted');
    await work.pass(minute);
    expect(await isPresent()).toBe(false);
  });

  it.each([
    ['refused', new Forbidden('repository')],
    ['unavailable', new BitbucketUnavailable({ status: 503, reason: 'status 503' })],
  ])('says nothing while the answer is: %s', async (_what, error) => {
    work.api.refuse = ({ method }) => (method === 'getRepository' ? error : null);
    Object.assign(work.api.find(shop, ''), { isThere: false, isListed: false });
    await tell('repo:deleted');
    await work.pass(minute);
    expect(await isPresent()).toBe(true);
    work.api.refuse = () => null;
    await work.pass(aReconciliation);
    expect(await isPresent()).toBe(false);
  });

  it('may come after the repository was restored, and before the API knows of it', async () => {
    const repository = work.api.find(shop, '');
    await tell('repo:deleted');
    await work.pass(minute);
    expect(await isPresent()).toBe(true);
    Object.assign(repository, { isThere: false, isListed: false });
    await work.pass(aReconciliation);
    expect(await isPresent()).toBe(false);
    Object.assign(repository, { isThere: true, isListed: true });
    await work.pass(aReconciliation);
    expect(await isPresent()).toBe(true);
  });
});

describe('A repository that a notice brings', () => {
  it('is imported, also when a second notice about it comes before it was read', async () => {
    const attic = '{99999999-2222-4222-8222-222222222222}';
    work.api.addRepository(attic, 'attic');
    await tell('repo:created', { repository: { uuid: attic, name: 'attic' } });
    await work.worker.drain();
    await work.stores.imports.remove(workspace, attic);
    for (const payload of ['import', 'read']) {
      const job = { workspace, kind: 'read-repository', key: attic, runAt: work.clock.now(), payload };
      await work.stores.jobs.enqueue(job);
    }
    await work.pass(minute);
    expect(await work.stores.imports.get(workspace, attic)).toMatchObject({ phase: 'done' });
  });
});

describe('A notice that was kept by a process that ended then', () => {
  it('is worked off with the next reconciliation', async () => {
    await tell('pullrequest:created', { pullrequest: buildPullRequestPayload({ id: 1 }) });
    await work.stores.jobs.remove({ workspace, kind: 'work-notices' });
    await work.pass(aReconciliation);
    expect(await listStates()).toEqual(['done']);
  });
});

describe('A notice that cannot be written down', () => {
  it('holds up none of the others, and is set aside in the end', async () => {
    const { pullRequests } = work.stores;
    const saveAll = pullRequests.saveAll.bind(pullRequests);
    pullRequests.saveAll = async (...args) => {
      const told = args[1].flatMap(({ facts }) => facts.snapshots ?? []);
      if (told.some(({ number }) => number === 2)) throw new Error('ours');
      return saveAll(...args);
    };
    for (const id of [1, 2, 3]) {
      work.api.openPullRequest(shop, work.clock.now());
      await tell('pullrequest:created', { pullrequest: buildPullRequestPayload({ id }) });
    }
    await work.pass(6_000);
    const known = async (number: number) => (await pullRequests.get(workspace, shop, number)) !== null;
    expect([await known(1), await known(2), await known(3)]).toEqual([true, false, true]);
    expect(await listStates()).toEqual(['done', 'done', 'waiting']);
    expect((await work.status()).problems).toMatchObject([
      { repository: null, message: expect.stringContaining('Notices that came') as string },
    ]);
    await work.pass(2 * minute);
    expect(await listStates()).toEqual(['done', 'done', 'unreadable']);
    expect((await work.status()).problems).toEqual([]);
  });
});

describe('A merge that is worked off only after another default branch was read', () => {
  const another = '{99999999-2222-4222-8222-222222222222}';

  it.each([
    ['counts by it where its repository was told of before it', shop, 'trunk'],
    ['counts by the one before where another repository was told of', another, 'main'],
  ])('%s', async (_what, told, expected) => {
    const at = work.clock.now();
    work.api.find(shop, '').defaultBranch = 'trunk';
    await tell('repo:updated', { repository: { uuid: told, name: 'any' } }, at);
    work.clock.setTo(at + minute);
    await work.worker.drain();
    await work.stores.jobs.enqueue({ workspace, kind: 'read-repository', key: shop, runAt: work.clock.now() });
    await work.worker.drain();
    const number = work.api.openPullRequest(shop, at);
    work.api.mergePullRequest(shop, number, at);
    const pullrequest = buildPullRequestPayload({ id: number, state: 'MERGED' });
    await tell('pullrequest:fulfilled', { pullrequest }, at);
    await work.pass(minute);
    const { repositories, pullRequests } = work.stores;
    expect(await repositories.get(workspace, shop)).toMatchObject({ defaultBranch: 'trunk', changeToldAt: null });
    expect(await pullRequests.readMerged(workspace, '2026-03')).toMatchObject([{ defaultBranchAtMerge: expected }]);
  });
});
