import type { Config } from 'jest';
import base from './jest.config';

/**
 * Compares the product with real captured bodies, Bitbucket's own description and real history.
 * These live outside the project (`DRUMBEAT_SHARED`, default `../shared`) and are never copied into it.
 */
const config: Config = { ...base, testMatch: ['**/*.conformance.ts'], testTimeout: 300_000 };

export default config;
