import { aPerson, aWorkspaceUuid as workspace, anInstant, day, hour } from '../../test/support/builders';
import { createFixedClock } from '../../test/support/fixed-clock';
import type { TestStores } from '../../test/support/test-database';
import { openWorkspaceStores } from '../../test/support/workspace-stores';
import { createAdministration, type Administration } from './administration';

const [ada, ben] = [aPerson().uuid, '{bbbbbbbb-0000-4000-8000-000000000002}'];
let stores: TestStores;
let administration: Administration;
let clock: ReturnType<typeof createFixedClock>;

beforeEach(async () => {
  stores = await openWorkspaceStores('sqlite');
  clock = createFixedClock(anInstant);
  administration = createAdministration(stores, clock);
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
});
