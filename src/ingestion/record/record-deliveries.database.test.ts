import type { Deployment } from '../../domain/deployments/deployment';
import type { Incident } from '../../domain/incidents/incident';
import { isDeepStrictEqual } from 'node:util';
import {
  aMergedPullRequest,
  anIncident,
  anInstant,
  aRepositoryUuid,
  aWorkspaceUuid as workspace,
  day,
  deploymentsOf,
} from '../../../test/support/builders';
import { createFixedClock } from '../../../test/support/fixed-clock';
import { saveMerges } from '../../../test/support/facts/saved-merges';
import type { TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import type { IncidentColumns } from '../../domain/columns/compare-incidents';
import { createIncidents } from '../../domain/columns/incident-history';
import { Names } from '../../domain/columns/names';
import { formatDeployId, parseDeployId } from '../../domain/deployments/deploy-id';
import { incidentSources } from '../../domain/incidents/incident';
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

const names = new Names();
const toNumber = (id: string | null): number => parseDeployId(id ?? '')?.number ?? 0;

/** As they lie in memory. */
function toIncidentColumns(incidents: readonly Incident[]): IncidentColumns {
  const columns = createIncidents(incidents.length);
  incidents.forEach(({ incidentId, createdAt, resolvedAt, source, deployId, fixDeployId }, index) => {
    columns.number[index] = toNumber(incidentId);
    columns.createdAt[index] = createdAt;
    columns.resolvedAt[index] = resolvedAt ?? Number.NaN;
    columns.source[index] = incidentSources.indexOf(source);
    columns.blamed.number[index] = toNumber(deployId);
    columns.fix.number[index] = toNumber(fixDeployId);
  });
  return { names, incidents: new Map([[names.toSystem(aRepositoryUuid), columns]]) };
}

function toCounted(version: number, deployments: readonly Deployment[], incidents: readonly Incident[]) {
  const toDay = ({ createdAt }: Deployment) => Math.floor(createdAt / day);
  return {
    version,
    incidents,
    incidentColumns: toIncidentColumns(incidents),
    listIncidents: (wanted: number) => incidents.filter((one) => Math.floor(one.createdAt / day) === wanted),
    days: [...new Set(deployments.map(toDay))],
    readDeployments: async (wanted: number) => deployments.filter((one) => toDay(one) === wanted),
  };
}

/** Writes down what counts as of a version of the workspace; gives what the rows then lack. */
async function record(deployments = deploymentsOf(history), incidents = [anIncident()], version = 7) {
  const clock = createFixedClock(anInstant);
  const openDeliveries = async () => toCounted(version, deployments, incidents);
  const handler = createRecordDeliveries({ stores, clock, openDeliveries });
  const job = { workspace, kind: recordDeliveriesKind, key: '', payload: null, attempts: 0, generation: 1 };
  await handler.run(job);
  return compareDeliveries(await stores.deliveries.read(workspace), { deployments, incidents }, workspace);
}

const readVersion = async (): Promise<number> => (await stores.workspaces.get(workspace))?.version ?? 0;

/** The days that are written otherwise than before. */
async function listWritten(before: Awaited<ReturnType<typeof stores.deliveries.listDigests>>): Promise<number[]> {
  const after = await stores.deliveries.listDigests(workspace);
  const days = new Set([...before.keys(), ...after.keys()]);
  return [...days].filter((one) => !isDeepStrictEqual(before.get(one), after.get(one))).sort((a, b) => a - b);
}

it('The rows of what counts are written, and of which version they are', async () => {
  expect(await record()).toEqual([]);
  expect(await stores.deliveries.getVersion(workspace)).toBe(7);
});

it('Only the days that are different are written, and those that are gone are cleared', async () => {
  await record();
  const before = await stores.deliveries.listDigests(workspace);
  await stores.settings.save(workspace, { ...(await stores.settings.get(workspace)), timezone: 'Europe/Berlin' });
  expect(await record(deploymentsOf(history.slice(40)), [])).toEqual([]);
  const first = Math.floor(anInstant / day);
  expect(await listWritten(before)).toEqual(Array.from({ length: 40 }, (_, index) => first + index));
});

it('A merge that changes is written where it is and where it was, whatever else there is', async () => {
  await saveMerges(
    stores,
    aRepositoryUuid,
    history.map(({ number, mergedAt }) => ({ number, mergedAt })),
  );
  await record(deploymentsOf(history), [anIncident()], await readVersion());
  const before = await stores.deliveries.listDigests(workspace);
  await stores.pullRequests.saveMergeTimes(workspace, aRepositoryUuid, [
    { number: 100, source: 'activity', at: anInstant + 3 * day },
  ]);
  const now = history.map((one) => (one.number === 100 ? { ...one, mergedAt: anInstant + 3 * day } : one));
  const sorted = deploymentsOf(now).toSorted((a, b) => a.createdAt - b.createdAt);
  expect(await record(sorted, [anIncident()], await readVersion())).toEqual([]);
  const first = Math.floor(anInstant / day);
  expect(await listWritten(before)).toEqual([first + 3, first + 99]);
});

it('An incident is written when another merge of its repository makes it another', async () => {
  await record();
  const before = await stores.deliveries.listDigests(workspace);
  expect(await record(deploymentsOf(history), [anIncident({ deployId: null })], 8)).toEqual([]);
  expect(await listWritten(before)).toHaveLength(1);
});

describe('Once this process has written them,', () => {
  const hurt = (number: number, deployId: string | null = null) =>
    anIncident({ incidentId: formatDeployId({ repositoryUuid: aRepositoryUuid, number }), deployId });

  /** A process that writes what counts as it is told, and tells of which days it asked for deployments. */
  function createWriter() {
    let counted = toCounted(0, [], []);
    const asked: number[] = [];
    const readDeployments = async (wanted: number) => {
      asked.push(wanted);
      return counted.readDeployments(wanted);
    };
    const openDeliveries = async () => ({ ...counted, readDeployments });
    const handler = createRecordDeliveries({ stores, clock: createFixedClock(anInstant), openDeliveries });
    const job = { workspace, kind: recordDeliveriesKind, key: '', payload: null, attempts: 0, generation: 1 };
    return async (version: number, incidents: readonly Incident[]) => {
      const deployments = deploymentsOf(history);
      counted = toCounted(version, deployments, incidents);
      asked.length = 0;
      await handler.run(job);
      const lacks = compareDeliveries(await stores.deliveries.read(workspace), { deployments, incidents }, workspace);
      return { lacks, asked: [...asked] };
    };
  }

  it('the days are looked at whose incidents are others, new or gone, and no more', async () => {
    const write = createWriter();
    const other = { ...hurt(3), createdAt: anInstant + 5 * day };
    expect((await write(7, [hurt(2), other])).asked).toHaveLength(365);
    const first = Math.floor(anInstant / day);
    const incidentDay = Math.floor(anIncident().createdAt / day);
    const blamed = formatDeployId({ repositoryUuid: aRepositoryUuid, number: 1 });
    expect(await write(8, [hurt(2, blamed), other])).toEqual({ lacks: [], asked: [incidentDay] });
    expect(await write(9, [hurt(2, blamed)])).toEqual({ lacks: [], asked: [first + 5] });
    expect(await write(10, [hurt(2, blamed), other])).toEqual({ lacks: [], asked: [first + 5] });
    expect(await write(11, [hurt(2, blamed), other])).toEqual({ lacks: [], asked: [] });
  });

  it('all are compared again after another process has written some', async () => {
    const write = createWriter();
    await write(7, [hurt(2)]);
    await createWriter()(8, [hurt(4)]);
    expect((await write(9, [hurt(2)])).lacks).toEqual([]);
  });
});

it('What changes while it is counted is looked for again the next time', async () => {
  const changed = deploymentsOf(history.map((one) => ({ ...one, teams: ['core'] })));
  const settings = { ...(await stores.settings.get(workspace)), timezone: 'Europe/Berlin' };
  const openDeliveries = async () => {
    await stores.settings.save(workspace, settings);
    return toCounted(7, deploymentsOf(history), []);
  };
  const handler = createRecordDeliveries({ stores, clock: createFixedClock(anInstant), openDeliveries });
  const job = { workspace, kind: recordDeliveriesKind, key: '', payload: null, attempts: 0, generation: 1 };
  await handler.run(job);
  expect(await record(changed, [], 8)).toEqual([]);
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
