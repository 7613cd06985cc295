/** The whole suite: unit, store contracts on SQLite and PostgreSQL, HTTP and browser tests. */
const config = {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/simulator', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.(t|m?j)s$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  globalSetup: '<rootDir>/test/support/postgres/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/postgres/global-teardown.ts',
  // More than cores: much of the suite waits for a worker's next look or a retry of the client.
  maxWorkers: 4,
  // Nothing takes a third of it on an idle machine; a busy one is no failure.
  testTimeout: 180_000,
};

export default config;
