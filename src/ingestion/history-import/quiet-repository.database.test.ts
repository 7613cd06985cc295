import { aWorkspaceUuid as workspace, anInstant, day, minute } from '../../../test/support/builders';
import { mergeOne } from '../../../test/support/fakes/two-repositories';
import { startFakeWork, type FakeWork } from '../../../test/support/fakes/fake-work';

const [quiet, old, busy] = ['{quiet}', '{old}', '{busy}'];
let work: FakeWork;

/** One without pull requests, one whose only merge is older than the import reaches, and one with a merge of yesterday. */
beforeEach(async () => {
  work = await startFakeWork();
  for (const uuid of [quiet, old, busy]) work.api.addRepository(uuid, uuid.slice(1, -1));
  mergeOne(work, old, anInstant - 3 * 365 * day);
  mergeOne(work, busy, anInstant - day);
  await work.connect();
  await work.pass(5 * minute);
});
afterEach(() => work.close());

describe('A repository in which nothing was updated for as long as the import reaches back', () => {
  it('is not asked for activity', () => {
    expect(work.api.countAsked('listActivity', quiet)).toBe(0);
    expect(work.api.countAsked('listActivity', old)).toBe(0);
    expect(work.api.countAsked('listActivity', busy)).toBe(1);
  });

  it('is imported, and what happens in it from then on is known', async () => {
    expect(await work.status()).toMatchObject({ state: 'done', problems: [], repositories: { total: 3, done: 3 } });
    expect(await work.stores.pullRequests.list(workspace, quiet)).toEqual([]);
    const number = mergeOne(work, quiet);
    await work.pass(2 * day);
    expect(await work.stores.pullRequests.get(workspace, quiet, number)).toMatchObject({ state: 'MERGED' });
  });
});
