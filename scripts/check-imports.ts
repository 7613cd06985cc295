/**
 * Fails where files import each other in a circle, imports of types included, or where two folders import each other:
 * what the linter's own rule for cycles does not count.
 */
import path from 'node:path';
import process from 'node:process';
import { findFileCycles, findFolderPairs, readImportGraph } from './import-graph';

const folders = ['src', 'simulator', 'test', 'scripts', 'benchmarks', 'torture'];

const graph = readImportGraph(path.join(__dirname, '..'), folders);
const found = [
  ...findFileCycles(graph).map((files) => ({ name: `circle of ${files[0] ?? ''}`, details: files })),
  ...findFolderPairs(graph).map((pair) => ({ name: pair.folders, details: pair.imports })),
];

for (const { name, details } of found) console.error([`Imports in both directions: ${name}`, ...details].join('\n  '));
if (found.length > 0) process.exitCode = 1;
