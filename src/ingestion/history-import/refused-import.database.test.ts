import { BitbucketUnavailable, Forbidden, NotFoundInBitbucket } from '../../bitbucket/client/errors';
import { aWorkspaceUuid as workspace, anInstant, day, hour, minute } from '../../../test/support/builders';
import type { FakeQuestion } from '../../../test/support/fakes/fake-api';
import { aReconciliation, type FakeWork } from '../../../test/support/fakes/fake-work';
import { shop, startWorkOnTwoRepositories, till } from '../../../test/support/fakes/two-repositories';
import { jobs } from '../../store/schema/work';
import { isSettled } from '../plans/import-plan';

let work: FakeWork;

beforeEach(async () => {
  work = await startWorkOnTwoRepositories();
});
afterEach(() => work.close());

const ofShop =
  (error: Error, ...methods: FakeQuestion['method'][]) =>
  ({ method, repository }: FakeQuestion): Error | null =>
    repository === shop && methods.includes(method) ? error : null;
const unavailable = new BitbucketUnavailable({ status: 503, reason: 'status 503' });
const isKnown = async (uuid: string) => (await work.stores.pullRequests.get(workspace, uuid, 1)) !== null;

describe('A first import that is refused', () => {
  it.each([
    ['refused', new Forbidden('repositories'), '(403)'],
    ['not found', new NotFoundInBitbucket('repositories'), '(404)'],
    ['unavailable', unavailable, 'status 503'],
    ['a page of HTML', new BitbucketUnavailable({ status: 200, reason: 'the answer is no JSON' }), 'no JSON'],
  ])('is named at once and goes on by itself once that is mended: %s', async (_what, error, words) => {
    work.api.refuse = () => error;
    await work.connect();
    await work.pass(minute);
    const status = await work.status();
    expect(status).toMatchObject({ state: 'queued', problems: [{ repository: null }] });
    expect(status.problems[0]?.message).toContain('The list of repositories could not be read');
    expect(status.problems[0]?.message).toContain(words);
    work.api.refuse = () => null;
    await work.pass(2 * minute);
    expect(await work.status()).toMatchObject({ state: 'done', problems: [], repositories: { total: 2, done: 2 } });
    expect(await isKnown(shop)).toBe(true);
  });

  it('is never given up, however long that takes, and goes on within a quarter of an hour', async () => {
    work.api.refuse = () => new Forbidden('repositories');
    await work.connect();
    await work.pass(2 * day);
    expect(await work.status()).toMatchObject({ state: 'queued' });
    work.api.refuse = () => null;
    await work.pass(15 * minute);
    expect(await work.status()).toMatchObject({ state: 'done', problems: [] });
    expect(await work.verifiedAt()).toBeGreaterThan(anInstant + 2 * day);
  });

  it('is over when the workspace leaves', async () => {
    work.api.refuse = () => new Forbidden('repositories');
    await work.connect();
    await work.pass(minute);
    await work.disconnect();
    expect((await work.stores.database.find(jobs, { where: {} })).map(({ kind }) => kind)).toEqual(['erase-workspace']);
  });
});

describe('What is optional', () => {
  it.each(['getWorkspace', 'listGroups'] as const)('holds no import up: %s', async (optional) => {
    work.api.refuse = ({ method }) => (method === optional ? unavailable : null);
    await work.connect();
    await work.pass(minute);
    const imports = await work.stores.imports.list(workspace);
    expect(imports.map(({ repositoryUuid }) => repositoryUuid).toSorted()).toEqual([shop, till]);
    expect((await work.status()).state).not.toBe('queued');
    expect(await work.stores.workspaces.get(workspace)).toMatchObject({ slug: 'acme' });
    work.api.refuse = () => null;
    await work.pass(aReconciliation);
    expect(await work.status()).toMatchObject({ state: 'done', problems: [] });
    expect((await work.stores.workspaces.get(workspace))?.groupsReadAt).not.toBeNull();
  });
});

describe('A repository whose import is refused', () => {
  it.each([
    ['refused', new Forbidden('pull_requests')],
    ['not found although it is there', new NotFoundInBitbucket('pull_requests')],
    ['unavailable', unavailable],
  ])('is named, holds up no other, and is imported by itself later: %s', async (_what, error) => {
    work.api.refuse = ofShop(error, 'listPullRequests');
    await work.connect();
    await work.pass(3 * minute);
    const status = await work.status();
    expect(status).toMatchObject({ state: 'done', repositories: { total: 2, done: 1, failed: 1 } });
    expect(status.problems).toMatchObject([{ repository: 'shop' }]);
    expect(await isKnown(till)).toBe(true);
    // It was compared with nothing, so neither was the workspace.
    expect(await work.verifiedAt()).toBeNull();
    await work.pass(3 * hour);
    work.api.refuse = () => null;
    await work.pass(15 * minute);
    expect(await work.status()).toMatchObject({ state: 'done', problems: [], repositories: { done: 2, failed: 0 } });
    expect(await isKnown(shop)).toBe(true);
    await work.pass(aReconciliation);
    expect(await work.verifiedAt()).toBeGreaterThan(anInstant + 3 * hour);
  });

  it('that is gone is marked and named, and imported if it comes back', async () => {
    const repository = work.api.find(shop, '');
    work.api.refuse = ofShop(new NotFoundInBitbucket('pull_requests'), 'listPullRequests');
    await work.connect();
    await work.pass(0);
    Object.assign(repository, { isThere: false, isListed: false });
    await work.pass(aReconciliation);
    expect((await work.stores.repositories.get(workspace, shop))?.goneAt).not.toBeNull();
    expect((await work.status()).problems).toMatchObject([
      { repository: 'shop', message: expect.stringContaining('deleted, or moved') as string },
    ]);
    expect(await work.verifiedAt()).toBe(anInstant + aReconciliation);
    Object.assign(repository, { isThere: true, isListed: true });
    work.api.refuse = () => null;
    await work.pass(2 * aReconciliation);
    expect(await isKnown(shop)).toBe(true);
    expect((await work.status()).problems).toEqual([]);
  });

  it('that an earlier version gave up is imported with the next reconciliation', async () => {
    await work.connect();
    await work.pass(minute);
    const row = await work.stores.imports.get(workspace, shop);
    if (row === null || !isSettled(row)) throw new Error('The import is not through.');
    await work.stores.imports.save({ ...row, phase: 'failed', problem: 'given up' });
    await work.pass(aReconciliation);
    expect(await work.stores.imports.get(workspace, shop)).toMatchObject({ phase: 'done', problem: null });
  });
});

describe('A repository that a list leaves out while everything is imported anew', () => {
  it('stays, and is imported too', async () => {
    await work.connect();
    await work.pass(minute);
    work.api.find(shop, '').isListed = false;
    const before = await work.stores.imports.get(workspace, shop);
    const job = { workspace, kind: 'import-workspace', key: 'all', runAt: work.clock.now() };
    await work.stores.jobs.enqueue(job);
    await work.pass(minute);
    expect(await work.stores.repositories.list(workspace)).toHaveLength(2);
    const after = await work.stores.imports.get(workspace, shop);
    expect(after?.startedAt).toBeGreaterThan(before?.startedAt ?? Infinity);
    expect(after?.phase).toBe('done');
  });

  it('is named while that is refused, and what was imported before is not said to be imported', async () => {
    await work.connect();
    await work.pass(minute);
    work.api.refuse = ({ method }) => (method === 'listRepositories' ? new Forbidden('repositories') : null);
    const job = { workspace, kind: 'import-workspace', key: 'all', runAt: work.clock.now() };
    await work.stores.jobs.enqueue(job);
    expect(await work.status()).toMatchObject({ state: 'queued', problems: [] });
    await work.pass(minute);
    expect(await work.status()).toMatchObject({ state: 'done', problems: [{ repository: null }] });
  });
});
