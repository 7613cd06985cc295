/** @jest-config-loader esbuild-register */
/* eslint import-x/no-default-export: off -- the test runner asks for it */
import path from 'node:path';
import process from 'node:process';
import type { Config } from 'jest';
import { base, maxWorkers, testTimeout } from './jest.config';
import { writeParts } from './scripts/write-parts';

/**
 * What depends on days, under other dates than the usual one: `npm run test:dates`. The command names the titles, since
 * browser files hold more than that. When a test belongs here: CONTRIBUTING.md.
 */
const dates = {
  '2028-02-29': '29 February',
  '2026-12-31': '31 December',
  '2027-10-31': 'a Sunday, and the change from summer time in Europe',
  today: 'today',
};
/** `DATES=all` has these too. */
const moreDates = {
  '2026-11-23': 'a Monday',
  '2026-11-29': 'a Sunday',
  '2027-03-28': 'the change to summer time in Europe',
};
const chosen = process.env['DATES'] === 'all' ? { ...dates, ...moreDates } : dates;
const files = ['browser/navigation', 'browser/settings', 'whole-product/random-filters'].map(
  (name) => `test/${name}.test.ts`,
);

// Of 25 each zone draws under the usual date.
process.env['FILTERS_A_ZONE'] ??= '3';

// A part for each date, which loads the product once.
const folder = path.join(__dirname, '.parts', 'dates');
writeParts(
  folder,
  Object.entries(chosen).map(([date, name]) => ({ name: name.replaceAll(/\W+/gu, '-'), files, date })),
);

const config: Config = {
  // None of these tests asks for PostgreSQL, so there is no set-up.
  ...base,
  maxWorkers,
  testTimeout,
  roots: [folder],
  testMatch: ['**/*.test.js'],
};

export default config;
