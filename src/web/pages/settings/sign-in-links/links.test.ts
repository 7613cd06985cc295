import type { SignInLink } from '../../../../doors/own-window';
import { createSettingsHarness, type SettingsHarness } from '../../../../../test/support/pages/settings-harness';

const now = Date.parse('2026-11-22T12:00:00Z');
const hour = 3_600_000;
const base = { isAdministrator: false, madeAt: now - hour, usedAt: null, revokedAt: null };
const links: readonly SignInLink[] = [
  { ...base, workspace: '{w}', id: 'open', name: 'Screen <1>', validUntil: now + hour },
  { ...base, workspace: '{w}', id: 'used', name: null, validUntil: now + hour, usedAt: now - 1, isAdministrator: true },
  { ...base, workspace: '{w}', id: 'ended', name: 'Late', validUntil: now },
  { ...base, workspace: '{w}', id: 'revoked', name: 'Gone', validUntil: now + hour, revokedAt: now - 2 },
];

interface Links {
  readonly harness: SettingsHarness;
  readonly asked: unknown[];
}

function openLinks(): Links {
  const asked: unknown[] = [];
  const ownWindow = {
    listLinks: async () => [...links],
    makeLink: async (wish: unknown) => {
      asked.push(wish);
      return { id: 'made', url: 'https://drumbeat.example/sign-in/link/shown-once', validUntil: now + 24 * hour };
    },
    revokeLink: async (workspace: string, id: string) => {
      asked.push({ workspace, id });
      return id === 'open';
    },
  };
  return { harness: createSettingsHarness({}, {}, { ownWindow }), asked };
}

test('links are listed with whom they are for and their state; those in force can be taken back', async () => {
  const html = await openLinks().harness.look({ section: 'links' });
  const section = html.split('id="links"')[1] ?? '';
  for (const text of ['Screen &lt;1&gt;', 'Open until 22 Nov 2026, 13:00', 'All, as administrator', 'Nobody named']) {
    expect(section).toContain(text);
  }
  for (const text of ['Expired 22 Nov 2026, 12:00', 'Revoked 22 Nov 2026, 11:59', 'Used 22 Nov 2026, 11:59']) {
    expect(section).toContain(text);
  }
  expect([...section.matchAll(/name="id" value="(\w+)"/gu)].map(([, id]) => id)).toEqual(['open', 'used']);
});

test('a link is made for somebody who is no administrator, and shown once', async () => {
  const { harness, asked } = openLinks();
  const made = await harness.press('create-link', { link_name: 'Grace', valid: 'month' });
  expect(made).toContain('https://drumbeat.example/sign-in/link/shown-once');
  const again = await harness.repeat();
  expect(again).toContain('is not shown again');
  expect(again).not.toContain('shown-once');
  expect(asked).toEqual([{ workspace: '{w}', validMs: 30 * 24 * hour, name: 'Grace' }]);
});

test.each([
  [{ link_name: '', valid: 'day' }, 'Say in 1 to 100 characters'],
  [{ link_name: 'x'.repeat(101), valid: 'day' }, 'Say in 1 to 100 characters'],
  [{ link_name: 'a\u0007b', valid: 'day' }, 'Say in 1 to 100 characters'],
  [{ link_name: 'Grace', valid: 'for ever' }, 'Choose one of the list'],
  [{ link_name: 'Grace', valid: 'constructor' }, 'Choose one of the list'],
  [{ link_name: 'Grace', valid: 'day', mark: '' }, 'The form was incomplete'],
])('nothing is made of %j', async (fields, words) => {
  const { harness, asked } = openLinks();
  expect(await harness.press('create-link', fields)).toContain(words);
  expect(asked).toEqual([]);
});

test('a link is taken back, and one that is not there is not', async () => {
  const { harness, asked } = openLinks();
  expect(await harness.press('revoke-link', { id: 'open' })).toContain('The link is revoked');
  expect(await harness.press('revoke-link', { id: 'other' })).toContain('No link was revoked');
  expect(asked).toEqual([
    { workspace: '{w}', id: 'open' },
    { workspace: '{w}', id: 'other' },
  ]);
});
