import { aCorrection, anInstant, aWorkspaceUuid as workspace, day, hour } from '../../../test/support/builders';
import { databaseKinds, openTestStores, type TestStores } from '../../../test/support/test-database';

const other = '{99999999-9999-4999-8999-999999999999}';

describe.each(databaseKinds)('On %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openTestStores(kind);
    for (const uuid of [workspace, other]) {
      await stores.workspaces.save({ uuid, slug: 'acme', name: 'Acme', connectedAt: anInstant });
    }
  });
  afterEach(() => stores.close());

  const version = async (): Promise<number> => (await stores.workspaces.get(workspace))?.version ?? -1;

  describe('corrections', () => {
    it('are in force until they are undone, newest first, with who and when', async () => {
      const { corrections } = stores;
      const first = await corrections.add(workspace, aCorrection());
      const link = aCorrection({
        kind: 'link_incident',
        target: 'x/pullrequests/2',
        madeBy: null,
        madeAt: anInstant + 1,
      });
      const second = await corrections.add(workspace, link);
      expect(await corrections.undo(workspace, { id: first ?? '', by: '{b}', now: anInstant + day })).toBe(true);
      expect(await corrections.list(workspace)).toEqual([
        { ...link, id: second, undoneAt: null, undoneBy: null },
        { ...aCorrection(), id: first, undoneAt: anInstant + day, undoneBy: '{b}' },
      ]);
      expect(await corrections.list(other)).toEqual([]);
    });

    it('are one of a kind and subject, also when two are made at once', async () => {
      const { corrections } = stores;
      const made = await Promise.all([1, 2, 3].map(() => corrections.add(workspace, aCorrection())));
      const id = made.find((one) => one !== null) ?? '';
      expect(made.filter((one) => one === null)).toHaveLength(2);
      expect(await corrections.add(workspace, aCorrection({ kind: 'leave_out_deployment' }))).not.toBeNull();
      expect(await corrections.add(other, aCorrection())).not.toBeNull();
      await corrections.undo(workspace, { id, by: null, now: anInstant });
      expect(await corrections.add(workspace, aCorrection())).not.toBeNull();
    });

    it('are undone once, and only by their own workspace', async () => {
      const { corrections } = stores;
      const id = (await corrections.add(workspace, aCorrection())) ?? '';
      expect(await corrections.undo(other, { id, by: null, now: anInstant })).toBe(false);
      expect(await corrections.undo(workspace, { id, by: '{b}', now: anInstant })).toBe(true);
      expect(await corrections.undo(workspace, { id, by: '{c}', now: anInstant + 1 })).toBe(false);
      expect(await corrections.list(workspace)).toMatchObject([{ undoneBy: '{b}', undoneAt: anInstant }]);
    });

    it('give the workspace a new version when they change something, and only then', async () => {
      const { corrections } = stores;
      const before = await version();
      const id = (await corrections.add(workspace, aCorrection())) ?? '';
      await corrections.add(workspace, aCorrection());
      expect(await version()).toBe(before + 1);
      await corrections.undo(workspace, { id, by: null, now: anInstant });
      await corrections.undo(workspace, { id, by: null, now: anInstant });
      expect(await version()).toBe(before + 2);
    });
  });

  describe('notes', () => {
    const holidays = { date: '2026-12-24', text: 'Holidays = "quiet" <b>🥁\n', by: '{a}', now: anInstant };

    it('come back as they were written, the newest day first', async () => {
      const { notes } = stores;
      const first = await notes.add(workspace, holidays);
      const second = await notes.add(workspace, { ...holidays, date: '2027-01-01', by: null });
      const written = { text: holidays.text, madeAt: anInstant, editedBy: null, editedAt: null };
      expect(await notes.list(workspace)).toEqual([
        { ...written, id: second, date: '2027-01-01', madeBy: null },
        { ...written, id: first, date: '2026-12-24', madeBy: '{a}' },
      ]);
    });

    it('tell who changed them, and are gone when they are deleted', async () => {
      const { notes } = stores;
      const id = await notes.add(workspace, holidays);
      const before = await version();
      const edited = { id, date: '2026-12-23', text: 'Leave', by: '{b}', now: anInstant + hour };
      expect(await notes.edit(other, edited)).toBe(false);
      expect(await notes.edit(workspace, edited)).toBe(true);
      expect(await notes.list(workspace)).toEqual([
        {
          ...{ id, date: '2026-12-23', text: 'Leave', madeBy: '{a}', madeAt: anInstant },
          ...{ editedBy: '{b}', editedAt: anInstant + hour },
        },
      ]);
      expect(await notes.delete(other, id)).toBe(false);
      expect(await notes.delete(workspace, id)).toBe(true);
      expect(await notes.delete(workspace, id)).toBe(false);
      expect(await notes.edit(workspace, edited)).toBe(false);
      expect(await notes.list(workspace)).toEqual([]);
      expect(await version()).toBe(before + 2);
    });
  });

  describe('the mark of a form', () => {
    it('is claimed once, however many try at the same time', async () => {
      const { submissions } = stores;
      const claim = (uuid: string, mark: string) => submissions.claim(uuid, { mark, now: anInstant });
      const claims = await Promise.all(Array.from({ length: 8 }, () => claim(workspace, 'm')));
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await claim(workspace, 'n')).toBe(true);
      expect(await claim(other, 'm')).toBe(true);
    });

    it('is let go after a day', async () => {
      const { submissions, database } = stores;
      await submissions.claim(workspace, { mark: 'old', now: anInstant });
      await submissions.claim(workspace, { mark: 'young', now: anInstant + day });
      await submissions.claim(workspace, { mark: 'new', now: anInstant + day + hour });
      const rows = await database.read<{ mark: string }>('SELECT mark FROM submissions ORDER BY mark', []);
      expect(rows.map(({ mark }) => mark)).toEqual(['new', 'young']);
    });
  });

  describe('administrators', () => {
    it('are those of the last reading', async () => {
      const { administrators } = stores;
      expect(await administrators.readAt(workspace)).toBeNull();
      await administrators.replaceAll(workspace, { userUuids: ['{a}', '{b}', '{a}'], now: anInstant });
      await administrators.replaceAll(workspace, { userUuids: ['{b}', '{c}'], now: anInstant + hour });
      const known = await Promise.all(['{a}', '{b}', '{c}'].map((uuid) => administrators.has(workspace, uuid)));
      expect(known).toEqual([false, true, true]);
      expect(await administrators.has(other, '{b}')).toBe(false);
      expect(await administrators.readAt(workspace)).toBe(anInstant + hour);
    });
  });

  describe('settings', () => {
    it('know who and what is left out', async () => {
      const { settings } = stores;
      const chosen = await settings.get(workspace);
      const exclusions = { people: ['{a}', '{b}'], bots: ['* bot', 'CI *'], repositories: ['{r}'] };
      await settings.save(workspace, { ...chosen, exclusions });
      expect(await settings.get(workspace)).toEqual({ ...chosen, exclusions });
      await settings.save(workspace, { ...chosen, exclusions: { people: [], bots: [], repositories: [] } });
      expect((await settings.get(workspace)).exclusions).toEqual({ people: [], bots: [], repositories: [] });
      const broken = { ...chosen, exclusions: { ...exclusions, bots: ['a\nb'] } };
      await expect(settings.save(workspace, broken)).rejects.toThrow('line break');
    });
  });
});
