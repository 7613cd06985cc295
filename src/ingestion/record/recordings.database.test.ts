import {
  aMergedSnapshot,
  aRepositoryUuid,
  aWorkspaceUuid as workspace,
  anInstant,
} from '../../../test/support/builders';
import { createFixedClock } from '../../../test/support/fixed-clock';
import { databaseKinds, type TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import { jobs } from '../../store/schema/work';
import { Recordings, type Recording } from './recordings';

const other = '{33333333-3333-4333-8333-333333333333}';

describe.each(databaseKinds)('Readings that end together on %s', (kind) => {
  let stores: TestStores;
  let recordings: Recordings;
  beforeEach(async () => {
    stores = await openWorkspaceStores(kind);
    recordings = new Recordings({ stores, clock: createFixedClock(anInstant), importDays: 30 });
  });
  afterEach(() => stores.close());

  const toRecording = (number: number, repositoryUuid = aRepositoryUuid): Recording => ({
    ...{ repositoryUuid, number, needsSize: true, isWhole: true },
    facts: { snapshots: [aMergedSnapshot({ number })] },
  });
  const recordEach = (some: readonly Recording[]) =>
    Promise.allSettled(
      some.map((one) =>
        recordings.during(workspace, async (record) => {
          // By then all have begun.
          await Promise.resolve();
          await record(one);
        }),
      ),
    );
  const readVersion = async (): Promise<number> => (await stores.workspaces.get(workspace))?.version ?? 0;
  const isKnown = async ({ repositoryUuid, number }: Recording): Promise<boolean> =>
    (await stores.pullRequests.get(workspace, repositoryUuid, number)) !== null;

  it('are one version, of however many repositories', async () => {
    const some = [toRecording(1), toRecording(2), toRecording(1, other), toRecording(9, other)];
    const problem = { what: 'pull_request', problem: 'odd', since: anInstant } as const;
    await stores.readingProblems.note(workspace, { repositoryUuid: other, number: 9, ...problem });
    await stores.readingProblems.note(workspace, { repositoryUuid: other, number: 8, ...problem });
    const before = await readVersion();
    await recordEach(some);
    expect(await Promise.all(some.map(isKnown))).toEqual([true, true, true, true]);
    expect(await readVersion()).toBe(before + 1);
    expect(await stores.readingProblems.list(workspace)).toMatchObject([{ number: 8 }]);
    const planned = await stores.database.find(jobs, { where: { workspace }, order: ['key'] });
    expect(planned.map(({ key }) => key).sort()).toEqual([aRepositoryUuid, other].sort());
  });

  it('are written all but the one that cannot be, which alone fails', async () => {
    const poison = { ...toRecording(2), facts: { snapshots: [aMergedSnapshot({ number: 2.5 })] } };
    const saveAll = stores.pullRequests.saveAll.bind(stores.pullRequests);
    stores.pullRequests.saveAll = async (...args) => {
      const told = args[1].flatMap(({ facts }) => facts.snapshots ?? []);
      if (told.some(({ number }) => number === 2.5)) throw new Error('ours');
      return saveAll(...args);
    };
    const some = [toRecording(1), poison, toRecording(3)];
    const ended = await recordEach(some);
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await Promise.all(some.map(isKnown))).toEqual([true, false, true]);
  });

  it('do not wait for one that hands in nothing', async () => {
    const silent = recordings.during(workspace, async () => 'nothing');
    await recordEach([toRecording(1)]);
    expect(await silent).toBe('nothing');
    expect(await isKnown(toRecording(1))).toBe(true);
  });

  it('are written within a moment while another goes on', async () => {
    let end = (): void => undefined;
    const long = recordings.during(workspace, () => new Promise<void>((resolve) => (end = resolve)));
    await recordEach([toRecording(1), toRecording(2)]);
    expect(await isKnown(toRecording(2))).toBe(true);
    end();
    await long;
  });
});
