import { isFromOwnPage } from './same-origin';

const https = 'https://drumbeat.example/metrics';
const http = 'http://drumbeat.intern:3000';

test.each([
  [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, https, true],
  [{ 'sec-fetch-site': 'same-site', origin: 'null' }, https, false],
  [{ 'sec-fetch-site': 'cross-site', origin: 'https://drumbeat.example' }, https, false],
  [{ 'sec-fetch-site': 'none' }, https, false],
  [{ origin: 'https://drumbeat.example' }, https, true],
  [{ origin: 'https://evil.example' }, https, false],
  [{ origin: 'http://drumbeat.example' }, https, false],
  [{ origin: 'null' }, https, false],
  [{ origin: 'null' }, 'http://localhost:3000', false],
  [{ origin: 'null' }, 'http://127.0.0.1:3000', false],
  [{ origin: 'null' }, http, true],
  [{ origin: 'http://evil.example' }, http, false],
  [{}, https, true],
] as const)('%j at %s: %s', (headers, baseUrl, isOurs) => {
  expect(isFromOwnPage({ headers }, baseUrl)).toBe(isOurs);
});
