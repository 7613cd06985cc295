/** @jest-config-loader esbuild-register */
/* eslint import-x/no-default-export: off -- the test runner asks for it */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Config } from 'jest';
import { base, maxWorkers, postgres, roots, testTimeout } from './jest.config';
import { writeParts } from './scripts/write-parts';

/**
 * The whole suite, `npm test`: its files are dealt into parts, each of which loads the product once for all of its files
 * (docs/decisions/0043). A file alone, or a folder, is run by `npx jest PATH`.
 */
const parts = Array.from({ length: 20 }, (_, index) => String(index + 1).padStart(2, '0'));
const folder = path.join(__dirname, '.parts', 'all');

/** Every test file, always in the same order. */
function listTestFiles(): string[] {
  const found = roots.flatMap((root) => {
    const place = root.replace('<rootDir>/', '');
    const names = readdirSync(path.join(__dirname, place), { recursive: true, encoding: 'utf8' });
    return names.filter((name) => name.endsWith('.test.ts')).map((name) => path.posix.join(place, name));
  });
  return found.sort();
}

// Files that stand beside each other take about as long: they are dealt like cards.
const files = listTestFiles();
writeParts(
  folder,
  parts.map((name, part) => ({ name, files: files.filter((_, index) => index % parts.length === part) })),
);

const config: Config = {
  ...base,
  ...postgres,
  maxWorkers,
  testTimeout,
  roots: [folder],
  testMatch: ['**/*.test.js'],
};

export default config;
