import { createSettingsHarness } from '../../../../../test/support/pages/settings-harness';
import { sampleSystem } from '../../../../../test/support/pages/sample-overview';
import { sampleCorrection } from '../../../../../test/support/pages/sample-rooms';
import { findSubject, type NamedSystem } from './find-subject';

const id = sampleSystem.uuid;
const deployId = (number: number) => `${id}/pullrequests/${number}`;
const good = { kind: 'leave_out_deployment', subject: 'Checkout #7', target: '', reason: 'A test of the pipeline.' };

describe('A pull request is found', () => {
  const other: NamedSystem = {
    uuid: '{00000000-0000-4000-8000-000000000002}',
    slug: 'pay',
    name: 'Pay',
    url: 'https://bitbucket.org/acme/pay',
  };
  const twin: NamedSystem = {
    ...other,
    uuid: '{00000000-0000-4000-8000-000000000003}',
    slug: 'pay-2',
    url: 'https://bitbucket.org/acme/pay-2',
  };
  const systems = [sampleSystem, other];

  it.each([
    ['by the name of its repository', 'Checkout #12'],
    ['by the slug, whatever the letters', ' CHECKOUT#12 '],
    ['by its address', 'https://bitbucket.org/acme/checkout/pull-requests/12'],
    ['by the address of a part of it', 'https://bitbucket.org/acme/Checkout/pull-requests/12/diff?w=1#x'],
    ['by its deploy_id', deployId(12)],
    [
      'by its deploy_id without braces, in capitals',
      deployId(12).replaceAll(/[{}]/gu, '').toUpperCase().replace('PULLREQUESTS', 'pullrequests'),
    ],
  ])('%s', (_name, text) => {
    expect(findSubject(text, systems)).toEqual({ repositoryUuid: id, number: 12, deployId: deployId(12) });
  });

  it.each([
    ['', 'Name a pull request'],
    ['12', 'Name a pull request'],
    ['Checkout #0', 'Name a pull request'],
    ['Checkout #12x', 'Name a pull request'],
    ['Nothing #12', 'There is no repository "Nothing" in this workspace.'],
    ['https://evil.example/acme/checkout/pull-requests/12', 'This is no address of a pull request of this workspace.'],
    ['https://bitbucket.org/acme/checkout-2/pull-requests/12', 'This is no address of a pull request'],
    [`${twin.uuid}/pullrequests/12`, 'This workspace has no repository of that id.'],
  ])('not by "%s"', (text, problem) => {
    expect(findSubject(text, systems)).toEqual({ problem: expect.stringContaining(problem) as string });
  });

  it('by the slug alone where two repositories have one name', () => {
    const named = { ...other, slug: 'pay-1' };
    expect(findSubject('Pay #1', [named, twin])).toHaveProperty('problem');
    expect(findSubject('pay-2 #1', [named, twin])).toMatchObject({ repositoryUuid: twin.uuid });
  });
});

describe('A correction', () => {
  it('is made with its kind, what it is about, why, and by whom', async () => {
    const harness = createSettingsHarness();
    expect(await harness.press('correct', good)).toContain('The correction is made');
    const made = { kind: good.kind, subject: deployId(7), target: null, reason: good.reason, by: '{ada}' };
    expect(harness.calls).toEqual([`correct ${JSON.stringify(made)}`]);
  });

  it('links an incident to another deployment', async () => {
    const harness = createSettingsHarness();
    await harness.press('correct', { ...good, kind: 'link_incident', target: deployId(5) });
    expect(harness.calls[0]).toContain(`"target":"${deployId(5)}"`);
  });

  it('is made once, however often the button is pressed', async () => {
    const harness = createSettingsHarness();
    await harness.press('correct', good);
    expect(await harness.repeat()).toContain('The correction is made');
    expect(harness.calls).toHaveLength(1);
  });

  it.each([
    [{ kind: 'nonsense' }, 'correction-kind-error', 'Choose what is to be put right.'],
    [{ subject: 'Checkout' }, 'correction-subject-error', 'Name a pull request'],
    [{ subject: 'Checkout #404' }, 'correction-subject-error', 'There is no pull request #404 in this repository.'],
    [{ kind: 'link_incident', target: '' }, 'correction-target-error', 'Name a pull request'],
    [{ kind: 'link_incident', target: 'Checkout #404' }, 'correction-target-error', 'no pull request #404'],
    [{ kind: 'link_incident', target: 'checkout #7' }, 'correction-target-error', 'cannot be blamed on its own fix'],
    [{ target: 'Checkout #5' }, 'correction-target-error', 'Only an incident that is linked has another deployment'],
    [{ reason: ' no ' }, 'correction-reason-error', 'Say why, in 3 to 500 characters; these are 2.'],
    [{ reason: 'x'.repeat(501) }, 'correction-reason-error', 'these are 501.'],
    [{ mark: '' }, 'correction-reason-error', 'The form was incomplete'],
  ])('is refused beside the field, and keeps what was typed: %#', async (change, field, reason) => {
    const harness = createSettingsHarness();
    const typed = { ...good, ...change };
    const page = await harness.press('correct', typed);
    expect(page).toContain('The correction was not made');
    expect(page).toMatch(new RegExp(`id="${field}">[^<]*${reason.replaceAll(/[.*+?]/gu, '\\$&')}`, 'u'));
    expect(page).toContain(`name="subject" value="${typed.subject}"`);
    expect(page).toContain(`>${typed.reason.trim()}</textarea>`);
    expect(harness.calls).toEqual([]);
  });

  it('is refused where one of its kind is in force already', async () => {
    const harness = createSettingsHarness({ corrections: [{ ...sampleCorrection, subject: deployId(7) }] });
    expect(await harness.press('correct', good)).toContain('A correction of this kind is in force already');
  });

  it('is filled in by a link, and made by nobody until the button is pressed', async () => {
    const harness = createSettingsHarness();
    const page = await harness.look({ subject: deployId(9), kind: 'leave_out_incident' });
    expect(page).toContain('A correction is filled in below');
    expect(page).toContain(`name="subject" value="${deployId(9)}"`);
    expect(page).toContain('<option value="leave_out_incident" selected>');
    expect(page).toMatch(
      /name="address" content="\/pages\/settings\?section=corrections&amp;subject=[^"]+&amp;kind=leave_out_incident"/u,
    );
    expect(harness.calls).toEqual([]);
  });
});

describe('The list of corrections', () => {
  it('says what, who, when and why, and what changes nothing', async () => {
    const idle = { ...sampleCorrection, id: '2', hasEffect: false, madeBy: null };
    const linked = { ...sampleCorrection, id: '3', kind: 'link_incident' as const, targetName: 'Checkout #5' };
    const page = await createSettingsHarness({ corrections: [sampleCorrection, idle, linked] }).look({
      section: 'corrections',
    });
    expect(page).toContain(
      'Deployment left out: <a class="link" href="https://bitbucket.org/acme/checkout/pull-requests/9"',
    );
    expect(page).toContain('A test of the pipeline.');
    expect(page).toContain('Ada, 1 Nov 2026, 08:00');
    expect(page).toContain('somebody whom Bitbucket did not name, 1 Nov 2026, 08:00');
    expect(page).toContain('now blamed on Checkout #5');
    expect(page.match(/This correction changes nothing/gu)).toHaveLength(1);
  });

  it('undoes once, and says who did', async () => {
    const harness = createSettingsHarness({ corrections: [sampleCorrection] });
    const page = await harness.press('undo-correction', { id: '1' });
    expect(page).toContain('The correction is undone');
    expect(page).toContain('Undone by');
    expect(page).not.toContain('value="undo-correction"><button');
    expect(await harness.repeat()).toContain('The correction is undone');
    expect(harness.calls).toEqual(['undoCorrection {"id":"1","by":"{ada}"}']);
  });

  it('says that a correction is no longer there', async () => {
    const harness = createSettingsHarness({ corrections: [sampleCorrection] });
    expect(await harness.press('undo-correction', { id: '77' })).toContain('This correction is no longer there.');
  });
});
