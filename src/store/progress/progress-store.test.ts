import {
  aPullRequestSnapshot,
  aRepository,
  aRepositoryUuid,
  aWorkspaceUuid as workspace,
  anInstant,
  hour,
} from '../../../test/support/builders';
import { databaseKinds, openTestStores, type TestStores } from '../../../test/support/test-database';

describe.each(databaseKinds)('Where the work on a workspace stands, on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openTestStores(kind);
  });
  afterEach(() => stores.close());

  it('is told of a workspace that is not known as of one where nothing has happened', async () => {
    expect(await stores.progress.readWhole(workspace, ['import'])).toEqual({
      ...{ connection: null, imports: [], work: [], verifiedAt: null, groupsReadAt: null, groupsProblem: null },
      ...{ lastNoticeAt: null, hasSavedSettings: false, polledAt: null, repositories: [], counts: [], readings: [] },
      notices: { waiting: 0, unreadable: 0 },
    });
  });

  it('is told in the order of repositories and kinds, with times as numbers, and of no other workspace', async () => {
    await stores.workspaces.save({ uuid: workspace, slug: 'acme', name: 'Acme', connectedAt: anInstant });
    await stores.workspaces.update(workspace, { verifiedAt: anInstant, groupsProblem: 'no "groups"' });
    const connection = {
      workspace,
      kind: 'connect',
      reference: 'k',
      credentials: 's',
      installedAt: anInstant,
    } as const;
    await stores.connections.saveNew(connection);
    const [other, own] = ['{zzz}', aRepositoryUuid];
    for (const repositoryUuid of [other, own]) {
      await stores.imports.save({
        ...{ workspace, repositoryUuid, phase: 'commits', cursor: null, since: 1, listed: 7, expected: null },
        ...{ finished: 0, pages: 2, problem: null, startedAt: anInstant, finishedAt: null, anew: false },
      });
    }
    for (const key of ['b', 'a']) await stores.jobs.enqueue({ workspace, kind: 'import', key, runAt: anInstant });
    await stores.jobs.enqueue({ workspace, kind: 'unwanted', key: 'a', runAt: anInstant });
    await stores.jobs.enqueue({ workspace: '{other}', kind: 'import', key: 'a', runAt: anInstant });
    await stores.repositories.saveAll(workspace, [aRepository({ name: 'The "drums"' })]);
    await stores.pullRequests.saveSnapshots(workspace, own, [aPullRequestSnapshot()]);
    await stores.readingProblems.note(workspace, {
      ...{ repositoryUuid: own, number: 7, what: 'size', problem: 'refused', since: anInstant },
    });
    await receive('a', anInstant + hour, 'done');
    await receive('b', anInstant, 'unreadable');
    await stores.settings.save(workspace, await stores.settings.get(workspace));

    const work = { kind: 'import', state: 'ready', attempts: 0, problem: null, runAt: anInstant } as const;
    const imported = { phase: 'commits', listed: 7, expected: null, pages: 2, problem: null };
    const progress = {
      connection: {
        ...{ status: 'live', problem: null, installedAt: anInstant, clockAheadSeconds: null },
        hearing: 'notices',
      },
      imports: [{ phase: 'commits', problem: null }],
      work: ['a', 'b'].map((key) => ({ ...work, key })),
      ...{ verifiedAt: anInstant, groupsReadAt: null, groupsProblem: 'no "groups"' },
      ...{ lastNoticeAt: anInstant + hour, hasSavedSettings: true, polledAt: null },
    };
    expect(await stores.progress.read(workspace, ['import'])).toEqual(progress);
    expect(await stores.progress.readWhole(workspace, ['import'])).toEqual({
      ...progress,
      imports: [own, other].map((repositoryUuid) => ({ repositoryUuid, ...imported })),
      repositories: [{ uuid: own, slug: 'drums', name: 'The "drums"', problem: null, goneAt: null }],
      counts: [{ repositoryUuid: own, total: 1, merged: 0, open: 1, unreadCommits: 0, unsized: 1 }],
      readings: await stores.readingProblems.list(workspace),
      notices: { waiting: 0, unreadable: 1 },
    });
  });

  async function receive(deliveryId: string, receivedAt: number, state: 'done' | 'unreadable'): Promise<void> {
    const notice = { workspace, deliveryId, bodyHash: 'h', eventKey: null, body: '{}', receivedAt };
    await stores.notices.keepAll([notice]);
    await stores.notices.markAll(workspace, [{ deliveryId, bodyHash: 'h', state, problem: null }]);
  }
});
