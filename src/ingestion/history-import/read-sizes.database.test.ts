import { BitbucketUnavailable } from '../../bitbucket/client/errors';
import { aWorkspaceUuid as workspace, anInstant, day } from '../../../test/support/builders';
import { startFakeWork } from '../../../test/support/fakes/fake-work';
import { findNextRunAt } from '../../../test/support/situation/find-next-run';

const [shop, till] = ['{shop}', '{till}'];

it('sizes are read as soon as the last repository is through, not at the next look', async () => {
  const work = await startFakeWork();
  for (const uuid of [shop, till]) {
    work.api.addRepository(uuid, uuid);
    work.api.mergePullRequest(uuid, work.api.openPullRequest(uuid, anInstant - 2 * day), anInstant - day);
  }
  // Sizes of the shop come to be looked at while the till is not through.
  let refusals = 1;
  const unavailable = new BitbucketUnavailable({ status: 503, reason: 'status 503' });
  work.api.refuse = ({ method, repository }) =>
    method === 'listPullRequests' && repository === till && refusals-- > 0 ? unavailable : null;
  await work.connect();
  await work.worker.drain();
  const { stores, clock } = work;
  const waiting = await stores.jobs.find({ workspace, kind: 'import-repository', key: till });
  expect(waiting).not.toBeNull();
  expect(work.api.countAsked('getSize', shop)).toBe(0);

  clock.setTo((await findNextRunAt(stores, ['import-repository'])) ?? 0);
  await work.worker.drain();
  expect(work.api.countAsked('getSize', shop)).toBe(1);
  expect(work.api.countAsked('getSize', till)).toBe(1);
  await work.close();
});
