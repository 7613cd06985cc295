/**
 * Bundles public/js and public/css into public/built, compresses each file once for all who ask for it, prints what it
 * weighs on the wire, and fails when the drawing of charts outgrows its budget.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const outdir = path.join(root, 'public/built');
/** Bytes after gzip. */
const budgets = { 'charts.js': 65 * 1024 };

rmSync(outdir, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['public/js/app.js', 'public/js/charts.js', 'public/css/app.css'],
  outdir,
  entryNames: '[name]',
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022', 'chrome111', 'firefox115', 'safari16.4'],
  legalComments: 'none',
  logLevel: 'warning',
});

let isTooBig = false;
for (const file of ['app.js', 'charts.js', 'app.css']) {
  const content = readFileSync(path.join(outdir, file));
  const gzipped = gzipSync(content, { level: 9 });
  writeFileSync(path.join(outdir, `${file}.gz`), gzipped);
  writeFileSync(path.join(outdir, `${file}.br`), brotliCompressSync(content));
  const bytes = gzipped.length;
  const budget = budgets[file];
  const excess = budget !== undefined && bytes > budget;
  isTooBig ||= excess;
  process.stdout.write(
    `public/built/${file}: ${(bytes / 1024).toFixed(1)} KB gzip${budget === undefined ? '' : ` of ${budget / 1024}`}\n`,
  );
}
if (isTooBig) {
  process.stderr.write('A bundle is larger than its budget.\n');
  process.exit(1);
}
