import type { Team } from '../../../../domain/teams/team';
import { defaultWorkspaceSettings } from '../../../../domain/settings/workspace-settings';
import { createSettingsHarness } from '../../../../../test/support/pages/settings-harness';
import { findOverlap, buildMember, buildOrdered, buildTypedPeriod } from './memberships';

const noon = Date.UTC(2026, 5, 10, 12);
const core: Team = {
  slug: 'core',
  name: 'Core',
  source: 'manual',
  isDeleted: false,
  members: [
    { userUuid: '{ada}', since: Date.UTC(2026, 0, 5), until: noon },
    { userUuid: '{ada}', since: Date.UTC(2026, 7, 1), until: null },
    { userUuid: '{bo}', since: null, until: null },
  ],
};
/** The table of the form as it is shown for that team. */
const shown = {
  name: 'Core',
  period: ['{ada}', '{ada}', '{bo}'],
  since: ['2026-01-05', '2026-08-01', ''],
  until: ['2026-06-10', '', ''],
};

async function open(change: Partial<Parameters<typeof createSettingsHarness>[0]> = {}) {
  const harness = createSettingsHarness({ teams: [core], ...change });
  await harness.look({ edit: 'team:core' });
  return harness;
}

describe('A new team', () => {
  it('is made of the people ticked, from the beginning or from a day on', async () => {
    const harness = createSettingsHarness();
    await harness.look({ edit: 'team:' });
    const page = await harness.press('save-team', { name: ' Core ', member: ['{ada}', '{bo}'], member_since: '' });
    expect(page).toContain('The team Core is saved');
    await harness.look({ edit: 'team:' });
    await harness.press('save-team', { name: 'Late', member: ['{ada}', '{bo}'], member_since: '2026-03-01' });
    const since = Date.UTC(2026, 2, 1);
    expect(harness.state.teams.at(-1)?.members).toEqual([
      { userUuid: '{ada}', since, until: null },
      { userUuid: '{bo}', since, until: null },
    ]);
  });

  it('is made once, however often the button is pressed', async () => {
    const harness = createSettingsHarness();
    await harness.look({ edit: 'team:' });
    const first = await harness.press('save-team', { name: 'Core', member: ['{ada}', '{bo}'] });
    const second = await harness.repeat();
    expect(second).toContain('The team Core is saved');
    expect(first).toContain('The team Core is saved');
    expect(harness.calls).toHaveLength(1);
  });

  it.each([
    [{ name: '', member: ['{ada}', '{bo}'] }, 'A team has a name of 1 to 80 characters.'],
    [{ name: 'x'.repeat(81), member: ['{ada}', '{bo}'] }, 'A team has a name of 1 to 80 characters.'],
    [{ name: 'Core', member: ['{ada}'] }, 'A team has at least 2 members'],
    [{ name: 'Core', member: ['{ada}', '{x}'] }, 'One of these people is not known in this workspace.'],
    [{ name: 'Core', member: ['{ada}', '{bo}'], member_since: '31.12.2026' }, '&quot;31.12.2026&quot; is no date'],
    [{ name: 'Core', member: ['{ada}', '{bo}'], mark: 'nonsense' }, 'The form was incomplete'],
  ])('is refused with its reason, and what was typed is kept: %#', async (fields, reason) => {
    const harness = createSettingsHarness();
    await harness.look({ edit: 'team:' });
    const page = await harness.press('save-team', fields);
    expect(page).toContain('The team was not saved');
    expect(page).toContain(reason);
    expect(page).toContain(`name="name" value="${fields.name}"`);
    expect(page).toContain('value="{ada}" checked');
    expect(harness.calls).toEqual([]);
  });
});

describe('The days of membership', () => {
  it('are shown in the zone of the workspace, several for one person, the last day included', async () => {
    const page = await (await open()).look({ edit: 'team:core' });
    expect(page).toMatch(/name="since" value="2026-01-05"[^]*name="until" value="2026-06-10"/u);
    expect(page).toContain('name="since" value="2026-08-01"');
    const inTokyo = { ...defaultWorkspaceSettings, timezone: 'Asia/Tokyo' };
    const late = { ...core, members: [{ userUuid: '{ada}', since: Date.UTC(2026, 0, 5, 20), until: null }] };
    const shifted = await open({ settings: inTokyo, teams: [late] });
    expect(await shifted.look({ edit: 'team:core' })).toContain('name="since" value="2026-01-06"');
  });

  it('keep their instants where they were not touched, and begin and end with a day where they were', async () => {
    const harness = await open();
    await harness.press('save-team', { ...shown, until: ['2026-06-10', '2026-11-30', ''], member: '{cy}' });
    expect(harness.state.teams[0]?.members).toEqual([
      { userUuid: '{ada}', since: Date.UTC(2026, 0, 5), until: noon },
      { userUuid: '{ada}', since: Date.UTC(2026, 7, 1), until: Date.UTC(2026, 11, 1) },
      { userUuid: '{bo}', since: null, until: null },
      { userUuid: '{cy}', since: null, until: null },
    ]);
    expect(await harness.repeat()).toContain('The team Core is saved');
    expect(harness.state.teams[0]?.members).toHaveLength(4);
  });

  it('can be removed', async () => {
    const harness = await open();
    await harness.press('save-team', { ...shown, dropped: '0' });
    expect(harness.state.teams[0]?.members.map(({ userUuid }) => userUuid)).toEqual(['{ada}', '{bo}']);
  });

  it.each([
    [
      { since: ['2026-06-11', '2026-08-01', ''] },
      'A membership ends after it begins: 2026-06-10 lies before 2026-06-11.',
    ],
    [{ since: ['2026-02-30', '2026-08-01', ''] }, '&quot;2026-02-30&quot; is no date'],
    [{ until: ['2026-08-01', '', ''] }, 'Ada would belong to the team twice at one time.'],
    [{ member: '{bo}' }, 'Bo would belong to the team twice at one time.'],
    [{ until: ['2026-06-10', '2026-11-01', ''] }, 'A team has at least 2 members'],
  ])('are refused where they cannot be so: %#', async (change, reason) => {
    const harness = await open();
    expect(await harness.press('save-team', { ...shown, ...change })).toContain(reason);
    expect(harness.calls).toEqual([]);
  });

  it('cover whole days, also those of 23 hours', () => {
    const period = { userUuid: '{ada}', since: '2026-03-29', until: '2026-03-29' };
    const member = buildMember(period, [], 'Europe/Berlin');
    expect((member.until ?? 0) - (member.since ?? 0)).toBe(23 * 3_600_000);
    expect(buildTypedPeriod(member, 'Europe/Berlin')).toEqual(period);
  });

  it('follow each other without a gap, and have one order', () => {
    const first = { userUuid: '{a}', since: null, until: 5 };
    const second = { userUuid: '{a}', since: 5, until: null };
    expect(findOverlap([first, second])).toBeNull();
    expect(findOverlap([first, { ...second, since: 4 }])).toEqual(first);
    const other = { userUuid: '{A}', since: null, until: null };
    expect(buildOrdered([second, other, first])).toEqual(buildOrdered([first, second, other]));
  });
});

describe('A team that somebody else has changed meanwhile', () => {
  it('is neither saved nor deleted, shows what is stored, and keeps what was typed', async () => {
    for (const action of ['save-team', 'delete-team']) {
      const harness = await open();
      const page = await harness.press(action, { ...shown, name: 'Kernel' }, () => {
        harness.state.teams = [{ ...core, name: 'Nucleus' }];
      });
      expect(page).toContain('Somebody changed this meanwhile');
      expect(page).toContain('<li>Name: Nucleus</li>');
      expect(page).toContain('<li>Ada: from 5 Jan 2026 to 10 Jun 2026</li>');
      expect(page).toContain('value="Kernel"');
      expect(harness.calls).toEqual([]);
      await harness.press(action, { ...shown, name: 'Kernel' });
      expect(harness.calls).toHaveLength(1);
    }
  });

  it('and is gone can be saved as a new one', async () => {
    const harness = await open();
    const page = await harness.press('save-team', shown, () => (harness.state.teams = []));
    expect(page).toContain('This team is no longer there. Saving again makes a new one of this name.');
    expect(await harness.press('save-team', shown)).toContain('The team Core is saved');
    expect(harness.calls[0]).toMatch(/^saveTeam \{"slug":null,"name":"Core"/u);
  });
});

test('A team is deleted once, and a second click says the same', async () => {
  const harness = await open();
  expect(await harness.press('delete-team', shown)).toContain('The team Core is deleted');
  expect(await harness.repeat()).toContain('The team Core is deleted');
  expect(harness.calls).toEqual(['deleteTeam "core"']);
});
