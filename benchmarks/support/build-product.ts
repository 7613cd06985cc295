import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(__dirname, '../..');
const beside = ['node_modules', 'views', 'public', 'atlassian-connect.json', 'config.json', 'package.json'];

const processes = ['measured-process.ts', 'express-peer.ts', 'shared-clock.ts'];

let built: string | null = null;

/** As JavaScript, so that no start pays for translating it: the measured process, and the peer that intake has. */
export function buildProduct(): { readonly product: string; readonly peer: string } {
  const folder = (built ??= build());
  return {
    product: path.join(folder, 'benchmarks/support/measured-process.js'),
    peer: path.join(folder, 'benchmarks/support/express-peer.js'),
  };
}

function build(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-benchmark-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const source = path.join(root, 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ts$/u.test(file) && !/\.(?:test|conformance)\.ts$/u.test(file))
    .map((file) => path.join(source, file));
  for (const file of [...files, ...processes.map((name) => path.join(root, 'benchmarks/support', name))]) {
    translate(file, path.join(folder, path.relative(root, file).replace(/\.ts$/u, '.js')));
  }
  // What browsers get is built as well: pages of today with scripts of yesterday draw no chart.
  execFileSync(process.execPath, [path.join(root, 'scripts/build-public.mjs')], { stdio: 'ignore' });
  for (const name of beside) symlinkSync(path.join(root, name), path.join(folder, name));
  return folder;
}

/**
 * By the compiler that `npm run build` has: modules of another one reach each other by getters, and loops that call from
 * module to module take twice as long.
 */
function translate(file: string, into: string): void {
  const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.CommonJS, esModuleInterop: true };
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), { fileName: file, compilerOptions });
  mkdirSync(path.dirname(into), { recursive: true });
  writeFileSync(into, outputText);
}
