/** @jest-config-loader esbuild-register */
/* eslint import-x/no-default-export: off -- the test runner asks for it */
import process from 'node:process';
import type { Config } from 'jest';
import { base, maxWorkers, testTimeout } from './jest.config';

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
const files = ['browser/navigation.test.ts', 'browser/settings.test.ts', 'whole-product/random-filters.test.ts'];

// Of 25 each zone draws under the usual date.
process.env['FILTERS_A_ZONE'] ??= '3';

const config: Config = {
  maxWorkers,
  testTimeout,
  projects: Object.entries(chosen).map(([date, name]) => ({
    // None of these tests asks for PostgreSQL, so there is no set-up.
    ...base,
    displayName: date === 'today' ? name : `${date}, ${name}`,
    testMatch: files.map((file) => `<rootDir>/test/${file}`),
    globals: { TEST_DATE: date },
  })),
};

export default config;
