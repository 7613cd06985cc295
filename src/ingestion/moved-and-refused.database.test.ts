import { AccessRevoked, RateLimited } from '../bitbucket/client/errors';
import { aWorkspaceUuid as workspace, anInstant, day, hour, minute } from '../../test/support/builders';
import { aReconciliation, theConnection, type FakeWork } from '../../test/support/fakes/fake-work';
import type { FakeQuestion } from '../../test/support/fakes/fake-api';
import { mergeOne, shop, startWorkOnTwoRepositories, till } from '../../test/support/fakes/two-repositories';
import { importWorkspaceKind, wholeWorkspace } from './plans/import-plan';
import { planReading } from './plans/reading-plan';
import { pollKind } from './reconciliation/poll';
import { eraseWorkspaceKind } from './workspace-lifecycle';

/** How many readings are asked for while access is refused, and after. */
const readings = Number(process.env['READINGS'] ?? 100);

let work: FakeWork;
beforeEach(async () => {
  work = await startWorkOnTwoRepositories();
});
afterEach(() => work.close());

const find = (kind: string) => work.stores.jobs.find({ workspace, kind, key: wholeWorkspace });

async function countMerged(uuid: string): Promise<number> {
  const merged = await work.stores.pullRequests.list(workspace, uuid, { state: 'MERGED' });
  return merged.filter(({ mergeRecordedAt }) => mergeRecordedAt !== null).length;
}

/** As another door does: its connection is live, and the one before is superseded. */
async function move(hearing: 'notices' | 'polling' = 'notices'): Promise<void> {
  const { connections } = work.stores;
  await connections.saveNew({
    ...{ workspace, kind: 'access_token', reference: 'another', credentials: 'x', hearing },
    installedAt: work.clock.now(),
  });
  await work.lifecycle.step(workspace, (tx) => work.lifecycle.onMoved(workspace, tx));
}

describe('A workspace that moves to another door', () => {
  it('is not imported again: what happened in between is found by comparing, at once', async () => {
    await work.connect();
    await work.pass(40 * minute);
    mergeOne(work, shop, work.clock.now() - 15 * minute);
    const before = work.api.asked.length;
    await move();
    expect(await find(importWorkspaceKind)).toBeNull();
    await work.pass(minute);

    expect(await countMerged(shop)).toBe(2);
    const asked = work.api.asked.slice(before);
    const countOf = (method: FakeQuestion['method']) => asked.filter((one) => one.method === method).length;
    expect(countOf('listRepositories')).toBe(1);
    // One page of each repository, and the one pull request that is news.
    expect(countOf('listPullRequests')).toBe(2);
    expect(countOf('getPullRequest')).toBe(1);
    expect(asked.length).toBeLessThan(14);
    expect((await work.status()).state).toBe('done');
    expect((await work.stores.workspaces.get(workspace))?.importedSince).not.toBeNull();
  });

  it('goes on with an import that is under way, from where it is', async () => {
    await work.connect();
    work.api.refuse = ({ repository }) => (repository === till ? new RateLimited(work.clock.now() + day) : null);
    await work.pass(minute);
    const row = await work.stores.imports.get(workspace, shop);
    expect((await work.status()).state).toBe('running');
    work.api.refuse = () => null;
    await move();
    await work.pass(minute);
    expect((await work.status()).state).toBe('done');
    expect(await work.stores.imports.get(workspace, shop)).toEqual(row);
    expect(await countMerged(till)).toBe(1);
  });

  it('is imported where the door before it never got so far', async () => {
    await work.stores.workspaces.save({ uuid: workspace, slug: 'acme', name: 'Acme', connectedAt: anInstant });
    await work.stores.connections.saveNew({ ...theConnection, workspace, credentials: 's', installedAt: anInstant });
    await move();
    await work.pass(minute);
    expect((await work.status()).state).toBe('done');
    expect(await countMerged(shop)).toBe(1);
  });

  it('takes back the erasure that was planned, and asks what moved where nobody calls', async () => {
    await work.connect();
    await work.pass(10 * minute);
    await work.disconnect();
    expect(await find(eraseWorkspaceKind)).not.toBeNull();
    await move('polling');
    expect(await find(eraseWorkspaceKind)).toBeNull();
    expect((await work.stores.workspaces.get(workspace))?.eraseAt).toBeNull();
    expect(await find(pollKind)).not.toBeNull();
    await work.pass(2 * minute);
    expect(await countMerged(shop)).toBe(1);
  });

  it('forgets what Bitbucket granted the credentials before', async () => {
    await work.connect();
    await work.stores.workspaces.update(workspace, { requestLimit: 4500 });
    await move();
    expect((await work.stores.workspaces.get(workspace))?.requestLimit).toBeNull();
  });
});

describe('Work whose access is refused', () => {
  const refuseAll = (): void => {
    work.api.refuse = () => new AccessRevoked();
  };

  it('in the middle of an import waits, and all of it goes on at once with new credentials', async () => {
    let answered = 0;
    work.api.refuse = () => ((answered += 1) > 6 ? new AccessRevoked() : null);
    await work.connect();
    // It is tried again every few minutes: hours show as much as days.
    await work.pass(2 * hour);
    expect((await work.status()).state).not.toBe('done');
    expect((await work.status()).access_refused).toBe(true);
    const rows = await work.stores.imports.list(workspace);
    work.api.refuse = () => null;
    await work.lifecycle.step(workspace, (tx) => work.lifecycle.onAccessRestored(workspace, tx));
    await work.pass(minute);

    expect(await work.status()).toMatchObject({ state: 'done', problems: [] });
    expect((await work.status()).access_refused).toBeUndefined();
    expect([await countMerged(shop), await countMerged(till)]).toEqual([1, 1]);
    const startedAt = async () => (await work.stores.imports.list(workspace)).map((row) => row.startedAt);
    expect(await startedAt()).toEqual(rows.map((row) => row.startedAt));
  });

  it('loses none of a hundred readings a second that were asked for meanwhile', async () => {
    await work.connect();
    await work.pass(minute);
    const numbers = Array.from({ length: readings }, () => mergeOne(work, shop, anInstant - 15 * minute));
    refuseAll();
    for (const [index, number] of numbers.entries()) {
      await planReading(work, { workspace, repositoryUuid: shop, number });
      work.clock.advance(10);
      if (index % 25 === 0) await work.worker.drain();
      // The change of the credentials falls into the middle of it.
      if (index === Math.floor(readings / 2)) {
        work.api.refuse = () => null;
        await work.lifecycle.step(workspace, (tx) => work.lifecycle.onAccessRestored(workspace, tx));
      }
    }
    await work.pass(10_000);
    expect(await countMerged(shop)).toBe(readings + 1);
    const left = await work.stores.database.readOne<{ count: number }>(
      `SELECT count(*) AS count FROM jobs WHERE kind = 'read-pull-request'`,
      [],
    );
    expect(left?.count).toBe(0);
  });

  it('is not given up while it is refused, however long that lasts', async () => {
    await work.connect();
    await work.pass(minute);
    const number = mergeOne(work, shop);
    refuseAll();
    await planReading(work, { workspace, repositoryUuid: shop, number });
    await work.pass(3 * aReconciliation);
    expect(
      await work.stores.jobs.find({ workspace, kind: 'read-pull-request', key: `${shop}/${number}` }),
    ).toMatchObject({ state: 'ready' });
    work.api.refuse = () => null;
    await work.lifecycle.step(workspace, (tx) => work.lifecycle.onAccessRestored(workspace, tx));
    await work.pass(1000);
    expect(await countMerged(shop)).toBe(2);
  });
});
