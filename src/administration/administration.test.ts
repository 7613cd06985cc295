import { loadNone } from '../../test/support/fakes/fake-work';
import { createSilentLog } from '../machine/log';
import { aPerson, aWorkspaceUuid as workspace, anInstant, day, hour } from '../../test/support/builders';
import { createFixedClock } from '../../test/support/fixed-clock';
import { openTestStores, type TestStores } from '../../test/support/test-database';
import type { Administration } from './administration';
import { createIngestion } from '../ingestion/ingestion';

const [ada, ben] = [aPerson().uuid, '{bbbbbbbb-0000-4000-8000-000000000002}'];
let stores: TestStores;
let administration: Administration;
let clock: ReturnType<typeof createFixedClock>;

beforeEach(async () => {
  stores = await openTestStores('sqlite');
  clock = createFixedClock(anInstant);
  await stores.workspaces.save({ uuid: workspace, slug: 'acme', name: 'Acme', connectedAt: anInstant });
  const limits = { requestsPerHour: 1000, importDays: 365, reconcileMinutes: 60, retentionDays: 30 };
  const nobody = { apiUrl: 'http://127.0.0.1:9', authoriserFor: () => () => Promise.reject(new Error('no')) };
  const own = {
    stores,
    clock,
    log: createSilentLog(),
    wait: async () => undefined,
    random: () => 0.5,
    otherHandlers: {},
    loadDeliveries: loadNone,
  };
  ({ administration } = createIngestion({ ...limits, ...nobody, ...own }));
});
afterEach(() => stores.close());

describe('Administrators', () => {
  it('write notes down, change and delete them, each with who and when', async () => {
    const note = { id: null, date: '2026-03-02', text: 'New test stage', by: ada };
    expect(await administration.saveNote(workspace, note)).toBe(true);
    clock.advance(hour);
    const id = (await stores.notes.list(workspace))[0]?.id ?? '';
    expect(await administration.saveNote(workspace, { ...note, id, text: 'Newer', by: ben })).toBe(true);
    expect(await stores.notes.list(workspace)).toEqual([
      {
        ...{ id, date: '2026-03-02', text: 'Newer', madeBy: ada, madeAt: anInstant },
        ...{ editedBy: ben, editedAt: anInstant + hour },
      },
    ]);
    expect(await administration.deleteNote(workspace, id)).toBe(true);
    expect(await administration.deleteNote(workspace, id)).toBe(false);
    expect(await administration.saveNote(workspace, { ...note, id })).toBe(false);
  });

  it('correct once, and take it back once', async () => {
    const subject = '{r}/pullrequests/1';
    const correction = { kind: 'leave_out_incident', subject, target: null, reason: 'A rehearsal.', by: ada } as const;
    expect(await administration.correct(workspace, correction)).toBe(true);
    expect(await administration.correct(workspace, correction)).toBe(false);
    clock.advance(day);
    const id = (await stores.corrections.list(workspace))[0]?.id ?? '';
    expect(await administration.undoCorrection(workspace, id, null)).toBe(true);
    expect(await administration.undoCorrection(workspace, id, null)).toBe(false);
    expect(await stores.corrections.list(workspace)).toMatchObject([
      { subject, reason: 'A rehearsal.', madeBy: ada, madeAt: anInstant, undoneAt: anInstant + day, undoneBy: null },
    ]);
  });

  it('send a form once', async () => {
    const claims = await Promise.all(['m', 'm', 'n'].map((mark) => administration.claimSubmission(workspace, mark)));
    expect(claims.toSorted()).toEqual([false, true, true]);
    expect(await administration.claimSubmission(workspace, 'm')).toBe(false);
    await administration.releaseSubmission(workspace, 'm');
    expect(await administration.claimSubmission(workspace, 'm')).toBe(true);
  });

  it('are not known where Bitbucket cannot be asked', async () => {
    expect(await administration.isAdministrator(workspace, ada)).toBeNull();
    await stores.administrators.replaceAll(workspace, { userUuids: [ada], now: anInstant });
    expect(await administration.isAdministrator(workspace, ada)).toBe(true);
    clock.advance(day);
    expect(await administration.isAdministrator(workspace, ada)).toBe(true);
    expect(await administration.isAdministrator(workspace, ben)).toBe(false);
  });
});

describe('The first steps', () => {
  const none = {
    ...{ isConnected: false, isImported: false, hasLiveNotice: false, hasTeams: false },
    hasSavedSettings: false,
  };
  const connect = () =>
    stores.connections.saveNew({
      workspace,
      kind: 'connect',
      reference: 'k',
      credentials: 's',
      installedAt: anInstant,
    });
  const receive = async (deliveryId: string, receivedAt: number, state: 'done' | 'unreadable') => {
    const notice = { workspace, deliveryId, bodyHash: 'h', eventKey: null, body: '{}', receivedAt };
    await stores.notices.keepAll([notice]);
    await stores.notices.markAll(workspace, [{ deliveryId, bodyHash: 'h', state, problem: null }]);
  };

  it('tick themselves off one by one', async () => {
    expect(await administration.loadFirstSteps(workspace)).toEqual(none);
    await connect();
    expect(await administration.loadFirstSteps(workspace)).toEqual({ ...none, isConnected: true });
    await stores.workspaces.update(workspace, { importedSince: 1, verifiedAt: anInstant });
    expect(await administration.loadFirstSteps(workspace)).toEqual({ ...none, isConnected: true, isImported: true });
    await receive('d', anInstant + 1, 'done');
    await stores.teams.replaceGroups(workspace, [{ slug: 'core', name: 'Core', memberUuids: [ada, ben] }], anInstant);
    await administration.saveSettings(workspace, await stores.settings.get(workspace));
    expect(Object.values(await administration.loadFirstSteps(workspace))).toEqual([true, true, true, true, true]);
  });

  it('are not done by a notice that nobody understood or of an earlier connection, nor by a group of one', async () => {
    await connect();
    await receive('a', anInstant - 1, 'done');
    await receive('b', anInstant + 1, 'unreadable');
    await stores.teams.replaceGroups(workspace, [{ slug: 'one', name: 'One', memberUuids: [ada] }], anInstant);
    expect(await administration.loadFirstSteps(workspace)).toEqual({ ...none, isConnected: true });
    await administration.saveTeam(workspace, { slug: null, name: 'By hand', members: [] });
    expect(await administration.loadFirstSteps(workspace)).toMatchObject({ hasTeams: true, hasLiveNotice: false });
  });
});
