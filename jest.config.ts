/** @jest-config-loader esbuild-register */
/* eslint import-x/no-default-export: off -- the test runner asks for it */
import type { Config } from 'jest';

type Project = Exclude<NonNullable<Config['projects']>[number], string>;

/** More workers than cores: much of the suite waits for a worker's next look or a retry of the client. */
export const maxWorkers = 4;
/** Nothing takes a third of it on an idle machine; a busy one is no failure. */
export const testTimeout = 180_000;

/** Where tests lie. */
export const roots = ['src', 'simulator', 'test', 'scripts', 'benchmarks', 'torture'].map(
  (name) => `<rootDir>/${name}`,
);

/** How a test file becomes JavaScript, in every project. */
export const base: Project = {
  testEnvironment: 'node',
  // Jest's own loader takes no ES module: those of a package are compiled as our files are.
  transformIgnorePatterns: ['/node_modules/(?!oauth4webapi/)'],
  roots,
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
};

/** Starts PostgreSQL when a test first asks for it, and stops it. */
export const postgres: Project = {
  globalSetup: '<rootDir>/test/support/postgres/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/postgres/global-teardown.ts',
};

// What a file needs is told by its place and by the end of its name; a test that says nothing needs nothing.
const ofBrowser = ['/test/browser/.*\\.test\\.ts$', '\\.browser\\.test\\.ts$'];
const ofDatabase = [
  '/src/store/.*\\.test\\.ts$',
  '/test/whole-product/.*\\.test\\.ts$',
  '\\.(database|http)\\.test\\.ts$',
];

/** The whole suite: `unit` needs nothing, `database` a database or a server of HTTP, `browser` Chromium. */
const config: Config = {
  maxWorkers,
  testTimeout,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['**/*.test.ts'],
      testPathIgnorePatterns: [...ofBrowser, ...ofDatabase],
    },
    { ...base, ...postgres, displayName: 'database', testRegex: ofDatabase },
    { ...base, ...postgres, displayName: 'browser', testRegex: ofBrowser },
  ],
};

export default config;
