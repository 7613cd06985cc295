import { createSettingsHarness } from '../../../../test/support/pages/settings-harness';
import { sampleCorrection, sampleNote, sampleStatus } from '../../../../test/support/pages/sample-rooms';
import type { RoomsDependencies } from '../../presentation/frame/page-dependencies';
import { answerSettings } from './settings-page';
import { nobodySeesAll } from '../../../../test/support/web/nobody-named';

const nobodys = {
  workspace: '{w}',
  scope: 'read',
  createdAt: 0,
  revokedAt: null,
  madeBy: null,
  makerName: null,
} as const;

describe('An API token', () => {
  it('is shown in the answer to the click that made it, and to no other', async () => {
    const harness = createSettingsHarness();
    const first = await harness.press('create-token', { name: 'nightly', scope: 'read_write' });
    expect(first).toContain('dbt_shown_once');
    const second = await harness.repeat();
    expect(second).toContain('The token nightly is made');
    expect(second).toContain('made and shown already');
    expect(second).not.toContain('dbt_shown_once');
    expect(harness.calls).toEqual([
      'createToken {"name":"nightly","scope":"read_write","madeBy":"{ada}","makerName":"Ada"}',
    ]);
  });

  it('of another name is another one, also from a page gone back to', async () => {
    const harness = createSettingsHarness();
    const mark = { mark: '00000000-0000-4000-8000-000000000009', scope: 'read' };
    for (const name of ['one', 'two', 'two']) await harness.press('create-token', { ...mark, name });
    expect(harness.calls).toHaveLength(2);
  });

  it.each([[''], ['  '], ['x'.repeat(81)]])('needs a name: %#', async (name) => {
    const harness = createSettingsHarness();
    const page = await harness.press('create-token', { name, scope: 'read' });
    expect(page).toContain('id="token-name-error">A token has a name of 1 to 80 characters');
    expect(harness.calls).toEqual([]);
  });

  it('that is not there is not revoked', async () => {
    const token = { ...nobodys, id: '1', name: 'old' } as const;
    const harness = createSettingsHarness({ tokens: [token] });
    expect(await harness.press('revoke-token', { id: '2' })).toContain('This token is no longer there.');
    expect(await harness.press('revoke-token', { id: '1' })).toContain('The token old is revoked');
  });
});

describe('The import', () => {
  const repository = sampleStatus.items[0]?.uuid ?? '';

  it('is begun again once for each press of a button', async () => {
    const harness = createSettingsHarness();
    expect(await harness.press('restart-import', { repository })).toContain('Checkout is imported again');
    expect(await harness.repeat()).toContain('Checkout is imported again');
    expect(harness.calls).toHaveLength(1);
    await harness.press('restart-import', { repository });
    expect(harness.calls).toHaveLength(2);
  });

  it('of a repository that is not there is not begun', async () => {
    const harness = createSettingsHarness();
    expect(await harness.press('restart-import', { repository: '{other}' })).toContain('This repository is not there.');
    expect(harness.calls).toEqual([]);
  });
});

describe('Work that was given up', () => {
  const one = (number: number) => ({
    ...{ id: `read-pull-request {r}/${number}`, what: `Reading pull request ${number}`, repository: 'Checkout' },
    ...{ problem: 'Bitbucket refuses the pull request (403).', since: Date.parse('2026-11-21T09:30:00Z') },
  });
  const openWith = (total: number) => {
    const jobs = Array.from({ length: Math.min(total, 20) }, (_, index) => one(index + 1));
    const tried: (string | null)[] = [];
    const givenUpWork: RoomsDependencies['givenUpWork'] = {
      list: async () => ({ jobs, total }),
      tryAgain: async (_of, id) => (tried.push(id), id === null ? total : jobs.filter((job) => job.id === id).length),
    };
    return { tried, harness: createSettingsHarness({}, {}, { givenUpWork }) };
  };

  it('is listed in words, at most twenty pieces of it, with how many more there are', async () => {
    const page = await openWith(23).harness.look({ section: 'work' });
    expect(page).toContain('Reading pull request 20');
    expect(page).not.toContain('Reading pull request 21');
    expect(page).toContain('And 3 more.');
    expect(page).toContain('21 Nov 2026');
    expect(page).toContain('Bitbucket refuses the pull request (403).');
    expect(await openWith(0).harness.look({ section: 'work' })).toContain('Nothing was given up.');
  });

  it('is tried again once for each press of a button, one or all', async () => {
    const { tried, harness } = openWith(2);
    const page = await harness.press('retry-work', { job: one(2).id });
    expect(page).toContain('1 piece of work is tried again');
    expect(await harness.repeat()).toContain('One piece of work is tried again');
    expect(tried).toEqual([one(2).id]);
    expect(await harness.press('retry-all-work')).toContain('2 pieces of work are tried again');
    expect(await harness.press('retry-work', { job: 'read-sizes {other}' })).toContain('Nothing is tried again');
    expect(tried).toEqual([one(2).id, null, 'read-sizes {other}']);
  });

  it('stands beside what waits, what was repaired and what is left of the hour', async () => {
    const work = {
      ...{ jobs_waiting: 12, oldest_notice_seconds: 3, given_up: 0, bitbucket_ahead_seconds: -90 },
      repaired: { last_7_days: 4, total: 9 },
    };
    const requests = { ...sampleStatus.requests, used: 188, limit: 1000 };
    const importStatus = { load: async () => ({ ...sampleStatus, work, requests }) };
    const page = await createSettingsHarness({}, {}, { importStatus }).look({ section: 'work' });
    expect(page).toContain(
      'Oldest notice waiting: 3 s · 12 jobs wait · 4 changes repaired in the last 7 days · 812 of 1,000 requests left this hour',
    );
    expect(page).toContain('machine is 1 min 30 s ahead of Bitbucket');
  });
});

describe('The settings page', () => {
  it('says where Bitbucket does not tell who administers the workspace, and is silent where it does', async () => {
    const harness = createSettingsHarness();
    const caller = { workspace: '{w}', repositoryUuid: null, ...nobodySeesAll, canWrite: true, session: 'S' };
    const look = async (parameters: Record<string, string[]>) =>
      JSON.stringify(await answerSettings({ caller, parameters, isPost: false }, harness.dependencies));
    expect(await look({})).toContain('Drumbeat does not know who administers this workspace');
    expect(await look({ section: ['viewers'] })).toContain('whoever sees the page may change these settings');
    expect(await harness.look()).not.toContain('who administers this workspace');
  });

  it('is not there for a session that may only read, and does nothing for it', async () => {
    const harness = createSettingsHarness();
    const caller = { workspace: '{w}', repositoryUuid: null, ...nobodySeesAll, canWrite: false, session: 'S' };
    const parameters = { action: ['create-token'], name: ['x'] };
    const answer = await answerSettings({ caller, parameters, isPost: true }, harness.dependencies);
    expect(answer).toEqual({ kind: 'not-found' });
    expect(harness.calls).toEqual([]);
  });

  it('does nothing for an address alone, nor for a button nobody knows', async () => {
    const harness = createSettingsHarness({ notes: [sampleNote] });
    await harness.look({ section: 'notes', action: 'delete-note', id: '1' });
    await harness.look({ action: 'constructor' });
    await harness.look({ section: 'tokens', action: 'create-token', name: 'x' });
    expect(harness.calls).toEqual([]);
  });

  it('keeps a form open that a link has opened, and opens none for what is not there', async () => {
    const harness = createSettingsHarness();
    expect(await harness.look({ edit: 'team:' })).toContain('content="/pages/settings?section=teams&amp;edit=team%3A"');
    expect(await harness.look({ edit: 'team:gone' })).not.toContain('Save the team');
    expect(await harness.look({ section: 'teams', edit: 'token:1' })).toContain('Make a team');
  });
});

describe('A long list', () => {
  const notes = Array.from({ length: 120 }, (_, index) => ({
    ...sampleNote,
    id: String(index),
    text: `note ${index}.`,
  }));

  it('is shown page by page, and stays where it is when something is done there', async () => {
    const harness = createSettingsHarness({ notes });
    const first = await harness.look({ section: 'notes' });
    expect(first).toContain('1 to 50 of 120');
    expect([first.includes('note 49.'), first.includes('note 50.')]).toEqual([true, false]);
    const last = await harness.look({ section: 'notes', notes_page: '3', tokens_page: 'constructor' });
    expect([last.includes('note 99.'), last.includes('note 119.')]).toEqual([false, true]);
    expect(last).toContain('action="/pages/settings?section=notes&amp;notes_page=3#outcome"');
    expect(last).toContain('content="/pages/settings?section=notes&amp;notes_page=3"');
  });
});

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '{{constructor.constructor "return process"}}',
  '{user.uuid}',
  '</textarea></form><script>alert(2)</script>',
  'x'.repeat(10_000),
];

describe('Hostile text typed into a form', () => {
  it.each(hostile)('comes back as text, never as markup: %#', async (text) => {
    const person = { uuid: text, displayName: text };
    const harness = createSettingsHarness({
      people: [person],
      notes: [{ ...sampleNote, text, madeBy: person }],
      corrections: [{ ...sampleCorrection, reason: text, subjectName: text, madeBy: person }],
    });
    const pages = [
      await harness.press('save-general', { timezone: text, levels: text }),
      await harness.press('save-incident-rules', { branch_prefixes: `a b${text}`, title_prefixes: text.repeat(9) }),
      await harness.press('preview-exclusions', { person: text, bots: `*\n${text}`, repository: text }),
      await harness.press('save-note', { date: text, text: `\t${text}\n${text}` }),
      await harness.press('correct', { kind: text, subject: text, target: text, reason: text.repeat(600) }),
      await harness.press('create-token', { name: text.repeat(90), scope: text }),
      (await harness.look({ edit: 'team:' })) &&
        (await harness.press('save-team', { name: text.repeat(90), member: text })),
      await harness.look({ edit: `note:${text}` }),
      await harness.look({ subject: text, kind: text }),
    ];
    for (const page of pages) {
      expect(page).not.toMatch(/<script>|<img|\sonmouseover='|\sonerror=alert\(1\)>/u);
      expect(page.match(/<form/gu)).toHaveLength(page.match(/<\/form>/gu)?.length ?? 0);
      expect(page.split('<textarea')).toHaveLength(page.split('</textarea>').length);
    }
    // Only what is short enough may have been saved: a pattern, a name.
    expect(harness.calls.filter((call) => call.length > 1_000)).toEqual([]);
  });
});
