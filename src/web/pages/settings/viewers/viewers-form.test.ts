import { defaultWorkspaceSettings } from '../../../../domain/settings/workspace-settings';
import { createSettingsHarness } from '../../../../../test/support/pages/settings-harness';

const others = { ...defaultWorkspaceSettings, timezone: 'Asia/Tokyo' };

describe('The choice for viewers of whom Bitbucket does not tell', () => {
  it('shows what is stored, and saves the other with the rest as it is', async () => {
    const harness = createSettingsHarness({ settings: others });
    expect(await harness.look({ section: 'viewers' })).toMatch(/value="everybody" checked/u);
    const page = await harness.press('save-viewers', { viewers_without_rights: 'administrators' });
    expect(page).toContain('The settings are saved');
    expect(page).toMatch(/value="administrators" checked/u);
    expect(harness.state.settings).toEqual({ ...others, viewersWithoutRights: 'administrators' });
  });

  it('refuses anything else, and saves nothing over a change of somebody else', async () => {
    const harness = createSettingsHarness();
    expect(await harness.press('save-viewers', { viewers_without_rights: 'nobody' })).toContain(
      'Choose one of the two.',
    );
    const typed = { viewers_without_rights: 'everybody' };
    harness.state.settings = { ...others, viewersWithoutRights: 'everybody' };
    await harness.look({ section: 'viewers' });
    const change = () => void (harness.state.settings = { ...others, viewersWithoutRights: 'administrators' });
    const page = await harness.press('save-viewers', typed, change);
    expect(page).toContain('Somebody changed this meanwhile');
    expect(page).toContain('<li>Nobody but administrators sees the numbers</li>');
    expect(harness.calls).toEqual([]);
  });
});
