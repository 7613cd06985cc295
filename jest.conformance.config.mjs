import base from './jest.config.mjs';

/**
 * Compares the product with real captured bodies, Bitbucket's own description and real history.
 * These live outside the project (`DRUMBEAT_SHARED`, default `../shared`) and are never copied into it.
 */
const config = { ...base, testMatch: ['**/*.conformance.ts'], testTimeout: 300_000 };

export default config;
