import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';

const root = path.resolve(__dirname, '../..');
const beside = ['node_modules', 'views', 'public', 'atlassian-connect.json', 'config.json', 'package.json'];

let built: string | null = null;

/** The product as JavaScript, so that no start of it pays for translating it: gives the file of the measured process. */
export function buildProduct(): string {
  built ??= build();
  return path.join(built, 'benchmarks/support/measured-process.js');
}

function build(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-benchmark-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const source = path.join(root, 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ts$/u.test(file) && !/\.(?:test|conformance)\.ts$/u.test(file))
    .map((file) => path.join(source, file));
  buildSync({
    entryPoints: [...files, path.join(root, 'benchmarks/support/measured-process.ts')],
    ...{ outdir: folder, outbase: root, format: 'cjs', platform: 'node', target: 'node20' },
  });
  for (const name of beside) symlinkSync(path.join(root, name), path.join(folder, name));
  return folder;
}
