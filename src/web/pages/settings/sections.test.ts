import { createSettingsHarness } from '../../../../test/support/pages/settings-harness';
import { noProgress } from '../../../../test/support/facts/no-progress';
import { sampleNote, sampleStatus } from '../../../../test/support/pages/sample-rooms';
import { sampleConnection } from '../../../../test/support/pages/sample-window';
import { nobodySeesAll } from '../../../../test/support/web/nobody-named';
import { readSection, sectionNames, type SectionName } from './sections';
import { actionNames } from './settings-actions';
import { answerSettings } from './settings-page';
import { sectionWords } from './words';

const problem = 'Bitbucket does not take the token any more.';

/** The heading of the section that an answer shows. */
const readHeading = (html: string) => /data-landing>([^<]+)<\/h2>/u.exec(html)?.[1];

describe('A section of the settings', () => {
  it.each(sectionNames)(
    'has an address of its own, is marked in the list and shows nothing else: %s',
    async (section) => {
      const html = await createSettingsHarness().look({ section });
      expect(readHeading(html)).toBe(sectionWords[section]);
      expect(html.match(/<h2/gu)).toHaveLength(1);
      expect(html).toContain(`name="address" content="/pages/settings?section=${section}"`);
      const current = [...html.matchAll(/aria-current="page"\s*>([^<]+)</gu)].map(([, text]) => text);
      expect(current).toEqual([sectionWords[section], sectionWords[section]]);
    },
  );

  it('reads nothing of the others', async () => {
    const asked: string[] = [];
    const say =
      <Answer>(what: string, answer: Answer) =>
      async () => (asked.push(what), answer);
    const base = createSettingsHarness().dependencies;
    const harness = createSettingsHarness(
      {},
      { countExclusions: () => Promise.reject(new Error('not asked')) },
      {
        administration: { ...base.administration, listTokens: say('tokens', []) },
        ownWindow: { ...base.ownWindow, listLinks: say('links', []) },
        givenUpWork: { ...base.givenUpWork, list: say('work', { jobs: [], total: 0 }) },
      },
    );
    for (const section of ['time-zone', 'notes', 'tokens', 'links', 'work']) await harness.look({ section });
    expect(asked).toEqual(['tokens', 'links', 'work']);
  });

  it('that is not there is a page with status 400 that names it, and does nothing', async () => {
    const harness = createSettingsHarness();
    const caller = { workspace: '{w}', repositoryUuid: null, ...nobodySeesAll, canWrite: true, session: 'S' };
    for (const section of ['nothing', 'constructor', '<script>', '']) {
      const parameters = { section: [section], action: ['save-viewers'] };
      const answer = await answerSettings({ caller, parameters, isPost: true }, harness.dependencies);
      expect(answer).toMatchObject({ kind: 'page', status: 400, template: 'message' });
      expect(JSON.stringify(answer)).toContain('The settings have no such section.');
    }
    expect(harness.calls).toEqual([]);
  });

  it('is that of the button that was pressed, or of the form that a link opens', () => {
    const read = (parameters: Record<string, string[]>, isPost = false) => readSection({ parameters, isPost });
    expect(read({ action: ['create-token'], section: ['notes'] }, true)).toBe('tokens');
    expect(read({ action: ['create-token'], section: ['notes'] })).toBe('notes');
    expect(read({ edit: ['note:7'] })).toBe('notes');
    expect(read({ edit: ['constructor:7'] })).toBeNull();
    expect(read({ subject: ['Checkout #7'] })).toBe('corrections');
    expect(read({})).toBeNull();
  });
});

describe('The address of the settings without a section', () => {
  const open = async (change: Parameters<typeof createSettingsHarness>[1] = {}, rooms = {}) =>
    readHeading(await createSettingsHarness({}, change, rooms).look());

  it('opens the first, or the one that needs attention', async () => {
    expect(await open()).toBe('Time zone and levels');
    expect(await open({ progress: { ...noProgress, isImporting: true } })).toBe('Import');
    expect(await open({ progress: { ...noProgress, isConnected: false } })).toBe('Connection');
    const connections = {
      describe: async () => ({ ...sampleConnection, problem: { sentence: problem, wayOut: null } }),
    };
    expect(await open({}, { connections })).toBe('Connection');
    const problems = [{ repository: 'checkout', message: 'Refused.' }];
    const importStatus = { load: async () => ({ ...sampleStatus, problems }) };
    expect(await open({}, { importStatus })).toBe('Import');
  });
});

describe('What is wrong', () => {
  const problems = ['checkout', 'find'].map((repository) => ({ repository, message: 'Refused.' }));
  const rooms = {
    importStatus: { load: async () => ({ ...sampleStatus, problems }) },
    connections: {
      describe: async () => ({ ...sampleConnection, problem: { sentence: problem, wayOut: 'drumbeat connect' } }),
    },
  };

  it('stands on every section in one line with the way to where it is told', async () => {
    const harness = createSettingsHarness({}, {}, rooms);
    const html = await harness.look({ section: 'notes' });
    expect(html).toMatch(/Bitbucket cannot be read\. <button[^>]*section=connection"[^>]*>Go to Connection</u);
    expect(html).toMatch(/2 problems with the import\. <button[^>]*section=import"[^>]*>Go to Import</u);
    expect(html).not.toContain(problem);
    const connection = await harness.look({ section: 'connection' });
    expect(connection).toContain(problem);
    expect(connection).toContain('<code>drumbeat connect</code>');
    expect(connection).not.toContain('Go to Connection');
    expect((await harness.look({ section: 'import' })).match(/Refused\./gu)).toHaveLength(2);
  });
});

describe('What came of a button', () => {
  /** Between which parts of the section the outcome stands: what is before it and after it. */
  const split = (html: string): [string, string] => {
    const [before = '', after = '', ...more] = html.split('id="outcome"');
    expect(more).toEqual([]);
    return [before, after];
  };

  it('stands below the form that has it, with the focus to come to it', async () => {
    const harness = createSettingsHarness();
    const html = await harness.press('create-token', { name: 'nightly', scope: 'read' });
    const [before, after] = split(html);
    expect(before).toMatch(/value="create-token">Make a token<\/button>\s*<\/div>\s*<\/form>\s*<div class="[^"]*" $/u);
    expect(after).toMatch(/^ tabindex="-1" role="status">/u);
    expect(after).toMatch(/<code>dbt_shown_once<\/code>\s*<button class="button" type="button" data-copy hidden>/u);
    expect(html).toContain('action="/pages/settings?section=tokens#outcome"');
  });

  it('is an alert where nothing was done, with the reason below its field', async () => {
    const html = await createSettingsHarness().press('save-note', { date: '', text: 'x' });
    const [before, after] = split(html);
    expect(before).toMatch(/name="date"[^>]*aria-invalid="true" aria-describedby="note-date-error"/u);
    expect(before).toContain('id="note-date-error">A note stands on a day');
    expect(after).toMatch(/^ tabindex="-1" role="alert">/u);
  });

  it('of a row stands below that row, and below the list where the row is gone', async () => {
    const notes = ['1', '2'].map((id) => ({ ...sampleNote, id, text: `note ${id}.` }));
    const harness = createSettingsHarness({ notes });
    const stale = await harness.press('delete-note', { id: '2', seen: 'other' });
    const [before, after] = split(stale);
    expect([before.includes('note 2.'), after.includes('<table')]).toEqual([true, false]);
    expect(before.lastIndexOf('</table>')).toBeLessThan(before.lastIndexOf('<tr'));
    const gone = split(await createSettingsHarness({ notes }).press('delete-note', { id: '3' }));
    expect(gone[0].lastIndexOf('</table>')).toBeGreaterThan(gone[0].lastIndexOf('<tr'));
  });
});

test.each(actionNames.filter((name) => !/^(?:preview|find)-/u.test(name)))(
  'Every button has a section, and what came of it one place there: %s',
  async (action) => {
    const { dependencies, calls } = createSettingsHarness();
    const who = { workspace: '{w}', repositoryUuid: null, ...nobodySeesAll, canWrite: true, session: 'S' };
    const parameters = { action: [action] };
    const caller = { ...who, isUnconfirmed: true };
    const answer = await answerSettings({ caller, parameters, isPost: true }, dependencies);
    expect(JSON.stringify(answer).match(/"title":"Nothing was changed"/gu)).toHaveLength(1);
    expect(typeof readSection({ parameters, isPost: true })).toBe('string');
    expect(calls).toEqual([]);
  },
);

test.each<readonly [SectionName, string]>([
  ['notes', 'There are no notes yet.'],
  ['corrections', 'There are no corrections yet.'],
  ['tokens', 'There are no tokens yet.'],
  ['links', 'There are no sign-in links yet.'],
  ['work', 'Nothing was given up.'],
])('An empty list says so, with one next step: %s', async (section, sentence) => {
  const html = await createSettingsHarness().look({ section });
  expect(html).toContain(sentence);
  expect(html).not.toContain('<tbody');
});
