import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findFileCycles, findFolderPairs, readImportGraph } from './import-graph';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'imports-'));
});

afterEach(() => rmSync(root, { recursive: true }));

function write(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  return readImportGraph(root, ['src']);
}

it('A circle through an import of types alone is found', () => {
  const graph = write({
    'src/a.ts': "import type { B } from './b';",
    'src/b.ts': "import { c } from './c';",
    'src/c.ts': "import { type A } from './a';",
  });
  expect(findFileCycles(graph)).toEqual([['src/a.ts', 'src/b.ts', 'src/c.ts']]);
});

it('Files that meet again at the same end are no circle', () => {
  const graph = write({
    'src/a.ts': "import './b'; import './c';",
    'src/b.ts': "import './d';",
    'src/c.ts': "import './d';",
    'src/d.ts': "import 'node:path';",
  });
  expect(findFileCycles(graph)).toEqual([]);
});

it('A folder and its parent are a pair, with the imports that make them one', () => {
  const graph = write({
    'src/room/whole.ts': "export { part } from './parts/part';",
    'src/room/parts/part.ts': "import type { Shape } from '../shape';",
    'src/room/shape.ts': '',
  });
  const imports = [
    'src/room/parts/part.ts imports src/room/shape.ts',
    'src/room/whole.ts imports src/room/parts/part.ts',
  ];
  expect(findFolderPairs(graph).map((pair) => ({ ...pair, imports: [...pair.imports].sort() }))).toEqual([
    { folders: 'src/room <-> src/room/parts', imports },
  ]);
});

it('Tests may import in any direction', () => {
  const graph = write({
    'src/one/a.ts': "import '../two/b';",
    'src/two/b.ts': '',
    'src/two/b.test.ts': "import '../one/a';",
  });
  expect(findFolderPairs(graph)).toEqual([]);
});
