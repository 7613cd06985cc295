import { createSettingsHarness } from '../../../../../test/support/pages/settings-harness';
import { sampleNote } from '../../../../../test/support/pages/sample-rooms';

const typed = { date: '2026-11-03', text: 'New test stage' };

describe('A note', () => {
  it('is added with its day, its text and by whom, once', async () => {
    const harness = createSettingsHarness();
    expect(await harness.press('save-note', typed)).toContain('The note is saved');
    expect(await harness.repeat()).toContain('The note is saved');
    expect(harness.calls).toEqual([`saveNote ${JSON.stringify({ id: null, ...typed, by: '{ada}' })}`]);
  });

  it('of the same words is added again by a form that was opened again', async () => {
    const harness = createSettingsHarness();
    await harness.press('save-note', typed);
    await harness.press('save-note', typed);
    expect(harness.calls).toHaveLength(2);
  });

  it.each([
    [{ date: '' }, 'note-date-error', 'A note stands on a day'],
    [{ date: '3 Nov' }, 'note-date-error', '&quot;3 Nov&quot; is no date'],
    [{ date: '9999-01-01' }, 'note-date-error', 'is no date'],
    [{ text: '   ' }, 'note-text-error', 'A note has 1 to 200 characters; this one has 0.'],
    [{ text: '🙈'.repeat(201) }, 'note-text-error', 'this one has 201.'],
    [{ text: 'two\nlines' }, 'note-text-error', 'A note is one line'],
    [{ mark: '' }, 'note-text-error', 'The form was incomplete'],
  ])('is refused beside its field, and keeps what was typed: %#', async (change, field, reason) => {
    const harness = createSettingsHarness();
    const sent = { ...typed, ...change };
    const page = await harness.press('save-note', sent);
    expect(page).toMatch(new RegExp(`id="${field}">[^<]*${reason}`, 'u'));
    expect(page).toContain(`name="date" value="${sent.date}"`);
    expect(page).toContain(`name="text" value="${sent.text.trim()}"`);
    expect(harness.calls).toEqual([]);
  });

  it('takes as many signs as people count', async () => {
    const harness = createSettingsHarness();
    expect(await harness.press('save-note', { ...typed, text: '🙈'.repeat(200) })).toContain('The note is saved');
  });

  it('is changed, and says by whom it was made', async () => {
    const harness = createSettingsHarness({ notes: [sampleNote] });
    const page = await harness.look({ edit: 'note:1' });
    expect(page).toContain('Change a note');
    expect(page).toContain('Ada, 7 Oct 2026, 08:00');
    await harness.press('save-note', { date: '2026-10-08', text: 'Newer test stage' });
    expect(harness.state.notes).toMatchObject([{ id: '1', date: '2026-10-08', text: 'Newer test stage' }]);
    expect(await harness.repeat()).toContain('The note is saved');
    expect(harness.calls).toHaveLength(1);
  });

  it('that somebody else has changed meanwhile is neither changed nor removed', async () => {
    for (const action of ['save-note', 'delete-note']) {
      const harness = createSettingsHarness({ notes: [sampleNote] });
      await harness.look({ edit: 'note:1' });
      const page = await harness.press(action, action === 'save-note' ? typed : {}, () => {
        harness.state.notes = [{ ...sampleNote, text: 'Holidays' }];
      });
      expect(page).toContain('Somebody changed this meanwhile');
      expect(harness.calls).toEqual([]);
    }
  });

  it('that is gone is kept as typed, to be added anew', async () => {
    const harness = createSettingsHarness({ notes: [sampleNote] });
    await harness.look({ edit: 'note:1' });
    const page = await harness.press('save-note', typed, () => (harness.state.notes = []));
    expect(page).toContain('This note was removed meanwhile. Saving again makes a new one.');
    await harness.press('save-note', typed);
    expect(harness.calls).toEqual([`saveNote ${JSON.stringify({ id: null, ...typed, by: '{ada}' })}`]);
  });

  it('is removed, and a second click says the same', async () => {
    const harness = createSettingsHarness({ notes: [sampleNote] });
    expect(await harness.press('delete-note')).toContain('The note is removed');
    expect(await harness.repeat()).toContain('The note is removed');
    expect(harness.calls).toEqual(['deleteNote "1"']);
  });
});
