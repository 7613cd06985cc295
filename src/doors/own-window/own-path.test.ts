import { toOwnPath } from './own-path';

const root = 'https://drumbeat.example';
const nested = 'https://tools.example:8443/drumbeat/';

describe('Where a sign-in leads', () => {
  it.each([
    [root, '/', '/'],
    [root, '/pages/overview?workspace=%7Ba%7D&days=30', '/pages/overview?workspace=%7Ba%7D&days=30'],
    [root, '/a//b', '/a//b'],
    [nested, '/drumbeat/', '/drumbeat/'],
    [nested, '/drumbeat/pages/overview#part', '/drumbeat/pages/overview'],
    [nested, '/drumbeat/a/../b', '/drumbeat/b'],
  ])('is a path of ours: of %s %s', (baseUrl, to, path) => {
    expect(toOwnPath(to, baseUrl)).toBe(path);
  });

  const elsewhere = [
    '',
    'pages/overview',
    '//evil.example',
    '///evil.example',
    'https://evil.example/',
    'https:evil.example',
    'https://drumbeat.example.evil.example/',
    'javascript:alert(1)',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    '/a b',
    '/%0a\u0000',
    '/.//evil.example',
    '/%2e//evil.example',
    '/a/..//evil.example',
    '/sign-in?to=/',
    '/sign-in/callback?code=a',
    `/${'a'.repeat(2000)}`,
  ];
  it.each(elsewhere)('is the start page for %j', (to) => {
    expect(toOwnPath(to, root)).toBe('/');
    expect(toOwnPath(to, nested)).toBe('/drumbeat/');
  });

  it.each([
    '/',
    '/other',
    '/drumbeat-evil',
    '/drumbeat',
    '/drumbeat/../other',
    '/drumbeat/%2e%2e/other',
    '/drumbeat/sign-in',
  ])('is the start page for what lies beside the path of ours: %s', (to) => {
    expect(toOwnPath(to, nested)).toBe('/drumbeat/');
  });
});
