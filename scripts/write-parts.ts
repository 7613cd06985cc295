import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Test files that are run one after the other in one process, and load the product once. */
export interface Part {
  /** Of its file, and so of what the runner says of it. */
  readonly name: string;
  /** From the root of the project on. */
  readonly files: readonly string[];
  /** Where `testClock` begins (CONTRIBUTING.md); without it at the usual day. */
  readonly date?: string;
}

/** Writes a file of the runner's for each part, in place of those of before (docs/decisions/0043). */
export function writeParts(folder: string, parts: readonly Part[]): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { name, files, date } of parts) {
    const lines = [
      ...(date === undefined ? [] : [`globalThis.TEST_DATE = '${date}';`]),
      ...files.map((file) => `describe('${file}', () => void require('../../${file}'));`),
    ];
    writeFileSync(path.join(folder, `${name}.test.js`), `${lines.join('\n')}\n`);
  }
}
