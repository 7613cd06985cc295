import type { PreviewFigures } from '../../../../reporting/corrections/corrections-report';
import type { WholeSnapshot } from '../../../../reporting/snapshot';
import { defaultWorkspaceSettings } from '../../../../domain/settings/workspace-settings';
import { createSettingsHarness } from '../../../../../test/support/pages/settings-harness';

const general = { timezone: 'UTC', levels: 'dora-2021' };
const incidents = { revert: 'yes', branch_prefixes: 'hotfix', title_prefixes: '' };

describe('The form of time zone and levels', () => {
  it('saves what was chosen and leaves the other settings as they are', async () => {
    const harness = createSettingsHarness();
    const page = await harness.press('save-general', { ...general, timezone: 'Europe/Berlin' });
    expect(page).toContain('The settings are saved');
    expect(harness.state.settings).toEqual({ ...defaultWorkspaceSettings, timezone: 'Europe/Berlin' });
  });

  it('names what is wrong beside the field, and keeps what was typed', async () => {
    const harness = createSettingsHarness();
    const page = await harness.press('save-general', { timezone: 'Mars/Base', levels: 'dora-1999' });
    expect(page).toContain('id="general-timezone-error">There is no time zone &quot;Mars/Base&quot;.');
    expect(page).toContain('id="general-levels-error">Choose one of the tables.');
    expect(page).toMatch(/name="timezone" aria-invalid="true" aria-describedby="[^"]*general-timezone-error"/u);
    expect(page).toContain('<option value="Mars/Base" selected>');
    expect(harness.calls).toEqual([]);
  });

  it('does not save over a change of somebody else, and saves when pressed again', async () => {
    const harness = createSettingsHarness();
    const typed = { ...general, timezone: 'Asia/Tokyo' };
    const page = await harness.press('save-general', typed, () => {
      harness.state.settings = { ...defaultWorkspaceSettings, timezone: 'Europe/Rome' };
    });
    expect(page).toContain('Somebody changed this meanwhile: nothing was saved');
    expect(page).toContain('<li>Time zone: Europe/Rome</li>');
    expect(page).toContain('<option value="Asia/Tokyo" selected>');
    expect(harness.calls).toEqual([]);
    expect(await harness.press('save-general', typed)).toContain('The settings are saved');
    expect(harness.state.settings.timezone).toBe('Asia/Tokyo');
  });

  it('is not overtaken by a change of another form, nor by itself sent twice', async () => {
    const harness = createSettingsHarness();
    await harness.press('save-general', { ...general, timezone: 'Asia/Tokyo' }, () => {
      harness.state.settings = {
        ...harness.state.settings,
        incidentRules: { revert: false, branchPrefixes: [], titlePrefixes: [] },
      };
    });
    expect(await harness.repeat()).toContain('The settings are saved');
    expect(harness.state.settings).toMatchObject({ timezone: 'Asia/Tokyo', incidentRules: { revert: false } });
  });

  it('changes nothing without the mark of what it was rendered from', async () => {
    const harness = createSettingsHarness();
    const page = await harness.press('save-general', { ...general, timezone: 'Asia/Tokyo', seen: '' });
    expect(page).toContain('Somebody changed this meanwhile');
    expect(harness.calls).toEqual([]);
  });
});

describe('The rules of incidents', () => {
  it('take one prefix a line, each once whatever its letters, whatever the lines end with', async () => {
    const harness = createSettingsHarness();
    await harness.press('save-incident-rules', { ...incidents, branch_prefixes: 'hotfix\r\n\r\n  fix/ \r\nHOTFIX' });
    expect(harness.state.settings.incidentRules.branchPrefixes).toEqual(['hotfix', 'fix/']);
  });

  it('are as many as the API takes, and no more', async () => {
    const harness = createSettingsHarness();
    const lines = (count: number) => Array.from({ length: count }, (_, index) => `prefix${index}`).join('\n');
    const page = await harness.press('save-incident-rules', { ...incidents, title_prefixes: lines(51) });
    expect(page).toContain('50 prefixes are the most; these are 51.');
    await harness.press('save-incident-rules', { ...incidents, title_prefixes: lines(50) });
    expect(harness.state.settings.incidentRules.titlePrefixes).toHaveLength(50);
  });

  it('are refused beside the field that is wrong', async () => {
    const harness = createSettingsHarness();
    const page = await harness.press('save-incident-rules', { ...incidents, branch_prefixes: 'a b' });
    expect(page).toMatch(/id="incident-rules-branch-prefixes-error">A branch prefix has no space/u);
    expect(page).toContain('>a b</textarea>');
    expect(harness.calls).toEqual([]);
  });

  it('show what they would find before anything is saved', async () => {
    const url = 'https://bitbucket.org/acme/checkout/pull-requests/4';
    const incident = { incidentId: 'i', name: 'Checkout #4', title: 'Fix it', url, at: Date.UTC(2026, 10, 3) };
    const asked: unknown[] = [];
    const figures: PreviewFigures = {
      ...{ incidents: 9, byRevert: 2, byName: 7, byPrefix: [{ kind: 'branch', prefix: 'hotfix', incidents: 7 }] },
      changeFailureRate: { value: 9 / 108, failed: 9, n: 108 },
    };
    const bugfix = { kind: 'branch', prefix: 'bugfix', incidents: 2 } as const;
    const answers: Partial<WholeSnapshot> = {
      previewIncidentRules: async (rules) => {
        asked.push(rules);
        const byPrefix = [...figures.byPrefix, bugfix];
        const rate = { value: 0.1, failed: 11, n: 110 };
        const tried = { ...figures, incidents: 11, byName: 9, byPrefix, changeFailureRate: rate };
        return { from: '2026-08-25', to: '2026-11-22', stored: figures, tried, gained: [incident], lost: [] };
      },
    };
    const harness = createSettingsHarness({}, answers);
    const page = await harness.press('preview-incident-rules', { ...incidents, branch_prefixes: 'hotfix\nbugfix' });
    expect(page).toContain(
      'With what is typed there are 11 incidents in 25 Aug – 22 Nov 2026: 2 more than the saved rules.',
    );
    expect(page).toMatch(/Reverts<\/th>.*>2<\/td>.*>2<\/td>/su);
    expect(page).toMatch(/Branch begins with hotfix<\/th>.*>7<\/td>.*>7<\/td>/su);
    expect(page).toMatch(/Branch begins with bugfix<\/th>\s*<td[^>]*>—<\/td>\s*<td[^>]*>2<\/td>/u);
    expect(page).toMatch(/Incidents<\/th>\s*<td[^>]*>9<\/td>\s*<td[^>]*>11<\/td>/u);
    expect(page).toMatch(/Change failure rate<\/th>.*9 of 108, 8\.3 %<\/td>.*11 of 110, 10 %<\/td>/su);
    expect(page).toContain(`<a class="link" href="${url}" target="_top" rel="noreferrer">Checkout #4</a>`);
    expect(page).not.toContain('No longer found');
    expect(page).toContain('>hotfix\nbugfix</textarea>');
    expect(asked).toEqual([{ revert: true, branchPrefixes: ['hotfix', 'bugfix'], titlePrefixes: [] }]);
    expect(harness.calls).toEqual([]);
  });

  it('have no preview of what cannot be used, nor of what somebody else has changed', async () => {
    const harness = createSettingsHarness();
    const wrong = await harness.press('preview-incident-rules', { ...incidents, branch_prefixes: 'x' });
    expect(wrong).toContain('There is no preview');
    const stale = await harness.press('preview-incident-rules', { ...incidents, branch_prefixes: 'bugfix' }, () => {
      harness.state.settings = {
        ...harness.state.settings,
        incidentRules: { revert: false, branchPrefixes: ['oops'], titlePrefixes: [] },
      };
    });
    expect(stale).toContain('<li>Branch prefixes: oops</li>');
    expect(stale).toContain('>bugfix</textarea>');
    expect(stale).not.toContain('As typed</th>');
  });
});

describe('The rules of who is left out', () => {
  const typed = { person: ['{bo}'], bots: '*[bot]\nci-*', repository: [] };

  it('are saved with people, patterns and repositories', async () => {
    const harness = createSettingsHarness();
    const page = await harness.press('save-exclusions', typed);
    expect(page).toContain('The settings are saved');
    expect(harness.state.settings.exclusions).toEqual({ people: ['{bo}'], bots: ['*[bot]', 'ci-*'], repositories: [] });
    expect(page).toContain('value="{bo}" checked');
    expect(await harness.repeat()).toContain('The settings are saved');
  });

  it('are refused beside what is wrong, with every box as it was ticked', async () => {
    const harness = createSettingsHarness();
    const page = await harness.press('save-exclusions', {
      person: ['{bo}', '{stranger}'],
      bots: '*',
      repository: ['{x}'],
    });
    expect(page).toContain('One of these people is not known here.');
    expect(page).toContain('would make everybody a bot');
    expect(page).toContain('One of these repositories is no longer there.');
    expect(page).toContain('value="{stranger}" checked');
    expect(harness.calls).toEqual([]);
  });

  it('say what each of them leaves out, stored and as typed', async () => {
    const answers: Partial<WholeSnapshot> = {
      countExclusions: async ({ people, bots }) => ({
        people: people.map((uuid) => ({ uuid, displayName: 'Bo', pullRequests: 12, activities: 1 })),
        bots: bots.map((pattern) => ({ pattern, accounts: ['renovate[bot]'], activities: 30 })),
        botsByType: { accounts: [], activities: 0 },
        repositories: [],
      }),
    };
    const harness = createSettingsHarness({}, answers);
    const stored = await harness.look({ section: 'people' });
    expect(stored).toContain('renovate[bot]: 30 reviews and comments');
    expect(stored).not.toContain('Person: Bo');
    const page = await harness.press('preview-exclusions', typed);
    expect(page).toMatch(/Person: Bo<\/th>.*no such rule.*12 pull requests, 1 review or comment/su);
    expect(page).toContain('>*[bot]\nci-*</textarea>');
    expect(harness.calls).toEqual([]);
  });

  it('find people by name where not everybody can be listed', async () => {
    const people = Array.from({ length: 300 }, (_, index) => ({ uuid: `{${index}}`, displayName: `Person ${index}` }));
    const harness = createSettingsHarness({ people });
    expect(await harness.look({ section: 'people' })).not.toContain('value="{250}"');
    const page = await harness.press('find-people', { person: ['{7}'], bots: '', find_person: 'person 25' });
    expect(page).toContain('name="person" value="{7}" checked');
    expect(page).toContain('name="person" value="{250}"');
    expect(page).not.toContain('name="person" value="{30}"');
    expect(harness.calls).toEqual([]);
  });
});
