#!/usr/bin/env node
/**
 * The command `drumbeat`. Runs what `npm run build` has made; in a checkout without it, or with sources that have
 * changed since, the sources themselves, so that `npm install` is all that `npx drumbeat` needs.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const built = path.join(root, 'dist', 'drumbeat.js');
const source = path.join(root, 'src', 'drumbeat.ts');
const require = createRequire(import.meta.url);

if (isUpToDate()) {
  require(built);
} else {
  buildPages();
  await translateAsItLoads();
  require(source);
}

/** An installation has no sources; a checkout has them, and what translates them. */
function isUpToDate() {
  if (!existsSync(source)) return true;
  return existsSync(built) && findNewest(path.dirname(source)) <= statSync(built).mtimeMs;
}

function findNewest(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return Math.max(...files.map((file) => statSync(path.join(folder, file)).mtimeMs));
}

/** Without styles and scripts pages would be bare. Once: `npm run build` makes them again. */
function buildPages() {
  if (process.argv[2] !== 'serve' || existsSync(path.join(root, 'public', 'built'))) return;
  const { status } = spawnSync(process.execPath, [path.join(root, 'scripts', 'build-public.mjs')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) process.exit(1);
}

async function translateAsItLoads() {
  try {
    const [forModules, forScripts] = await Promise.all([import('tsx/esm/api'), import('tsx/cjs/api')]);
    forModules.register();
    forScripts.register();
  } catch {
    process.stderr.write(
      'Drumbeat is not built here, and what runs its sources is missing: run "npm install" or "npm run build".\n',
    );
    process.exit(1);
  }
}
