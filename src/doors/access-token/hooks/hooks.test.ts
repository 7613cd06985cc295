import { readDescriptor } from '../../connect/descriptor';
import { toSecretKey } from '../../secret-key';
import { isSignedWith, getNoticeKey, readSignature } from './verify-notice';
import { printHook } from './print-hook';
import { chooseEvents, wantedEvents } from './wanted-events';

it('the signature that is documented is the one that is expected', () => {
  const signature = readSignature({
    rawHeaders: ['X-Hub-Signature', 'sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9'],
  });
  if (typeof signature === 'string') throw new Error(signature);
  const body = Buffer.from('Hello World!');
  const everybody = toSecretKey("It's a Secret to Everybody");
  const another = toSecretKey('another');
  expect(isSignedWith([everybody], body, signature)).toBe(true);
  expect(isSignedWith([another, everybody], body, signature)).toBe(true);
  expect(isSignedWith([another], body, signature)).toBe(false);
  expect(isSignedWith([], body, signature)).toBe(false);
});

it('a key is 22 letters at the end of the address', () => {
  const key = 'AbCdEfGhIjKlMnOpQrSt_-';
  expect(getNoticeKey({ originalUrl: `/metrics/notices/${key}?x=1` })).toBe(key);
  for (const url of [
    `/notices/${key}x`,
    `/notices/${key.slice(1)}`,
    `/notices/${key}/x`,
    '/notices/',
    `/x?/notices/`,
  ]) {
    expect(getNoticeKey({ originalUrl: url })).toBeNull();
  }
});

describe('The events of a hook', () => {
  const list = (events: readonly string[]) => ({ values: events.map((event) => ({ event })) });

  it('are all that the app of Connect asks for, and those that a hook alone can tell', () => {
    const descriptor = readDescriptor({ baseUrl: 'http://localhost', appKey: null });
    const { modules } = descriptor as unknown as { modules: { webhooks: { event: string }[] } };
    const ofConnect = modules.webhooks.map(({ event }) => event);
    const alone = ['pullrequest:push', 'pullrequest:comment_resolved', 'pullrequest:comment_reopened'];
    expect([...new Set([...ofConnect, ...alone])].sort()).toEqual([...wantedEvents].sort());
  });

  it('are those that Bitbucket has, or all where it gives no whole list', () => {
    const known = ['repo:push', 'pullrequest:updated', 'pullrequest:fulfilled', 'issue:created'];
    expect(chooseEvents(list(known))).toEqual(['pullrequest:updated', 'pullrequest:fulfilled', 'repo:push']);
    for (const none of [null, '<html>', list([]), list(['repo:push'])]) {
      expect(chooseEvents(none)).toEqual(wantedEvents);
    }
  });
});

it('the way by hand has no secret among the arguments of a command', () => {
  const hook = { url: 'https://metrics.example.com/notices/k', secret: 'very-secret', events: ['repo:push'] };
  const place = { workspace: '{1}', repository: null };
  const { curl } = printHook(hook, [place, { ...place, repository: '{2}' }], 'https://api.bitbucket.org');
  expect(curl.match(/^curl /gmu)).toHaveLength(2);
  expect(curl).toContain("'https://api.bitbucket.org/2.0/workspaces/%7B1%7D/hooks' <<'END'");
  expect(curl).toContain("'https://api.bitbucket.org/2.0/repositories/%7B1%7D/%7B2%7D/hooks' <<'END'");
  const commands = curl.split('\n').filter((line) => /^(curl| {2}')/u.test(line));
  expect(commands.join('\n')).not.toContain('very-secret');
});
