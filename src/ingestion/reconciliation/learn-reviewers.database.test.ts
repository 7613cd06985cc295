import { aWorkspaceUuid as workspace, aPerson, anInstant, day, minute } from '../../../test/support/builders';
import { aReconciliation, type FakeWork } from '../../../test/support/fakes/fake-work';
import { shop, startWorkOnTwoRepositories } from '../../../test/support/fakes/two-repositories';

let work: FakeWork;
afterEach(() => work.close());

it('who was asked for a review is learnt of what was stored before that was read', async () => {
  work = await startWorkOnTwoRepositories();
  const number = work.api.openPullRequest(shop, anInstant - 2 * day);
  await work.connect();
  await work.pass(minute);
  const find = async () => (await work.stores.pullRequests.readOpen(workspace)).map((one) => one.reviewerUuids);
  expect(await find()).toEqual([null]);
  const { pullRequests } = work.api.find(shop, 'pull_request');
  const before = pullRequests.get(number);
  if (before !== undefined) pullRequests.set(number, { ...before, reviewers: [aPerson()] });
  await work.pass(aReconciliation);
  expect(await find()).toEqual([[aPerson().uuid]]);
  const asked = work.api.countAsked('listPullRequests', shop);
  await work.pass(aReconciliation);
  expect(work.api.countAsked('listPullRequests', shop)).toBe(asked + 1);
});
