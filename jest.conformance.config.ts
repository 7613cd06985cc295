/** @jest-config-loader esbuild-register */
/* eslint import-x/no-default-export: off -- the test runner asks for it */
import type { Config } from 'jest';
import { base, maxWorkers, postgres } from './jest.config';

/**
 * Compares the product with real captured bodies, Bitbucket's own description and real history.
 * These live outside the project (`DRUMBEAT_SHARED`, default `../shared`) and are never copied into it.
 */
const config: Config = {
  ...base,
  ...postgres,
  maxWorkers,
  testMatch: ['**/*.conformance.ts'],
  testTimeout: 300_000,
};

export default config;
