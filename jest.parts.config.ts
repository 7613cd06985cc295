/** @jest-config-loader esbuild-register */
/* eslint import-x/no-default-export: off -- the test runner asks for it */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from 'jest';
import { base, maxWorkers, postgres, roots, testTimeout } from './jest.config';

/**
 * The whole suite, `npm test`: its files are dealt into parts, each of which loads the product once for all of its files
 * (docs/decisions/0043). A file alone, or a folder, is run by `npx jest PATH`.
 */
const parts = 20;
const folder = path.join(__dirname, '.parts');

/** Every test file from the root of the project on, always in the same order. */
function listTestFiles(): string[] {
  const found = roots.flatMap((root) => {
    const place = root.replace('<rootDir>/', '');
    const names = readdirSync(path.join(__dirname, place), { recursive: true, encoding: 'utf8' });
    return names.filter((name) => name.endsWith('.test.ts')).map((name) => path.posix.join(place, name));
  });
  return found.sort();
}

/** Files that stand beside each other take about as long: they are dealt like cards. */
function writeParts(files: readonly string[]): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (let part = 0; part < parts; part += 1) {
    const own = files.filter((_, index) => index % parts === part);
    const lines = own.map((file) => `describe('${file}', () => void require('../${file}'));`);
    writeFileSync(path.join(folder, `${String(part + 1).padStart(2, '0')}.test.js`), `${lines.join('\n')}\n`);
  }
}

writeParts(listTestFiles());

const config: Config = {
  ...base,
  ...postgres,
  maxWorkers,
  testTimeout,
  roots: [folder],
  testMatch: ['**/*.test.js'],
};

export default config;
