import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** File → the files of the project that it imports, imports of types included. Paths from the root, with `/`. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Reads the imports of all TypeScript files below some folders, without those of tests, which may import anything. */
export function readImportGraph(root: string, folders: readonly string[]): ImportGraph {
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/\.(test|conformance)\.ts$/u.test(name))
      .map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/'))),
  );
  return new Map(files.sort().map((file) => [file, listImports(root, file)]));
}

function listImports(root: string, file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(path.join(root, file), 'utf8'), true, true);
  const own = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith('.'));
  const targets = own.map((name) => path.posix.join(path.posix.dirname(file), `${name}.ts`));
  return [...new Set(targets)].filter((target) => existsSync(path.join(root, target)));
}

/** Groups of files each of which imports all others of its group, directly or through others. */
export function findFileCycles(graph: ImportGraph): string[][] {
  const reached = new Map([...graph.keys()].map((file) => [file, reach(graph, file)]));
  const groups = [...reached].map(([file, others]) => [...others].filter((other) => reached.get(other)?.has(file)));
  return groups.filter((group, index) => group.length > 0 && group.sort()[0] === [...reached.keys()][index]);
}

/** What a file imports, directly or through others; itself only where it is in a circle. */
function reach(graph: ImportGraph, file: string): Set<string> {
  const found = new Set<string>();
  const waiting = [...(graph.get(file) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!found.has(next)) waiting.push(...(graph.get(next) ?? []));
    found.add(next);
  }
  return found;
}

/** Pairs of folders with imports in both directions; parent and child are a pair like any other. */
export function findFolderPairs(graph: ImportGraph): FolderPair[] {
  const imports = new Map<string, string[]>();
  for (const [file, targets] of graph) {
    for (const target of targets) {
      const [from, to] = [path.posix.dirname(file), path.posix.dirname(target)];
      const key = `${from} ${to}`;
      if (from !== to) imports.set(key, [...(imports.get(key) ?? []), `${file} imports ${target}`]);
    }
  }
  return [...imports].flatMap(([key, there]) => {
    const [from = '', to = ''] = key.split(' ');
    const back = imports.get(`${to} ${from}`);
    return from < to && back !== undefined ? [{ folders: `${from} <-> ${to}`, imports: [...there, ...back] }] : [];
  });
}

export interface FolderPair {
  /** `one <-> other`, in the order of the alphabet. */
  readonly folders: string;
  readonly imports: readonly string[];
}
