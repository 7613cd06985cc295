import { readOwnPath } from './own-path';

const base = 'https://drumbeat.example/metrics/';

test('a page of ours is kept with its query', () => {
  const path = '/metrics/pages/reviews?workspace=%7B1%7D&team=a&team=b';
  expect(readOwnPath(path, base)).toBe(path);
  expect(readOwnPath('/pages/workspace', 'http://localhost:3000')).toBe('/pages/workspace');
});

test('tokens are left out of it', () => {
  expect(readOwnPath('/pages/workspace?jwt=a&range=30&session=b&to=%2Fx', 'http://localhost:3000')).toBe(
    '/pages/workspace?range=30',
  );
});

test.each([
  '//evil.example/metrics/pages/workspace',
  '/\\evil.example',
  'https://evil.example/metrics/pages/workspace',
  'javascript:alert(1)',
  '/metrics/../pages/workspace',
  '/metrics/pages/%2e%2e//evil.example',
  '/metrics//evil.example/pages/workspace',
  '/metrics/pages/workspace\r\nSet-Cookie: a=b',
  '/metrics/pages/ workspace',
  '/metrics/sign-in',
  '/metrics/sign-out',
  '/metrics/pages/nothing',
  '/metrics',
  '/pages/workspace',
  '',
  `/metrics/pages/workspace?${'x'.repeat(2_000)}`,
  undefined,
  ['/metrics/pages/workspace'],
])('anything else leads nowhere: %s', (to) => {
  expect(readOwnPath(to, base)).toBeNull();
});
