import {
  aMergedPullRequest,
  anIncident,
  anInstant,
  aWorkspaceUuid as workspace,
  day,
  deploymentsOf,
} from '../../../test/support/builders';
import { createFixedClock } from '../../../test/support/fixed-clock';
import type { TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import { compareDeliveries } from '../../store/deployments/compare-deliveries';
import { jobs } from '../../store/schema/work';
import { createPlanRecording, createRecordDeliveries, recordDeliveriesKind } from './record-deliveries';

let stores: TestStores;
beforeEach(async () => {
  stores = await openWorkspaceStores('sqlite');
});
afterEach(() => stores.close());

/** A history of a year: one deployment a day. */
const history = Array.from({ length: 365 }, (_, index) =>
  aMergedPullRequest({ number: index + 1, mergedAt: anInstant + index * day }),
);

async function record(deployments = deploymentsOf(history), incidents = [anIncident()]) {
  const clock = createFixedClock(anInstant);
  const loadDeliveries = async () => ({ version: 7, deployments, incidents });
  const handler = createRecordDeliveries({ stores, clock, loadDeliveries });
  const job = { workspace, kind: recordDeliveriesKind, key: '', payload: null, attempts: 0, generation: 1 };
  await handler.run(job);
  return compareDeliveries(await stores.deliveries.read(workspace), { deployments, incidents }, workspace);
}

it('The rows of what counts are written, and of which version they are', async () => {
  expect(await record()).toEqual([]);
  expect(await stores.deliveries.getVersion(workspace)).toBe(7);
});

it('Only the months that are different are written, and those that are gone are cleared', async () => {
  await record();
  const before = await stores.deliveries.listDigests(workspace);
  expect(await record(deploymentsOf(history.slice(40)), [])).toEqual([]);
  const after = await stores.deliveries.listDigests(workspace);
  expect([...before].filter(([month, digest]) => after.get(month) !== digest).length).toBeLessThanOrEqual(3);
  expect(after.size).toBeLessThan(before.size);
});

it('The writing of rows is planned within ten seconds of a change, once', async () => {
  const clock = createFixedClock(anInstant);
  const plan = createPlanRecording({ stores, clock });
  await plan();
  expect(await stores.database.find(jobs, { where: {} })).toEqual([]);
  clock.advance(10_000);
  await plan();
  clock.advance(10_000);
  await plan();
  expect(await stores.database.find(jobs, { where: {} })).toMatchObject([{ kind: recordDeliveriesKind }]);
});
