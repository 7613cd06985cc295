import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const inside = (folder: string, form: RegExp): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => form.test(file))
    .map((file) => path.join(folder, file));
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const documents = [
  ...readdirSync(root).filter((file) => file.endsWith('.md')),
  ...['docs', 'src', 'simulator'].flatMap((folder) => inside(folder, /\.md$/u)),
];
const sources = ['src', 'simulator', 'test', 'scripts', 'benchmarks', 'torture'].flatMap((folder) =>
  inside(folder, /\.(ts|mjs)$/u),
);

/** What a heading is called in a link. */
const toAnchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
const listHeadings = (file: string): string[] =>
  [...read(file).matchAll(/^#+ (.+)$/gmu)].map(([, heading = '']) => heading);

describe('The documents', () => {
  it.each(documents)('%s lead only to files and sections that there are', (file) => {
    const links = [...read(file).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/gu)];
    const broken = links.filter(([, target = '', anchor]) => {
      const to = target === '' ? file : path.join(path.dirname(file), target);
      return (
        !existsSync(path.join(root, to)) || (anchor !== undefined && !listHeadings(to).map(toAnchor).includes(anchor))
      );
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  it('name only files that there are, on the map', () => {
    const named = [...read('ARCHITECTURE.md').matchAll(/`((?:src|test|views|docs|public)\/[\w./-]+)`/gu)];
    expect(named.map(([, file = '']) => file).filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });

  it('have the section that a comment points to', () => {
    const missing = sources.flatMap((file) =>
      [...read(file).matchAll(/(docs\/[\w./-]+\.md)(?:, (\d[\d.]*\d|\d))?/gu)]
        .filter(([, document = '', section]) => {
          const isThere = existsSync(path.join(root, document));
          return !isThere || (section !== undefined && !listHeadings(document).some((one) => one.startsWith(section)));
        })
        .map(([pointer]) => `${file}: ${pointer}`),
    );
    expect(missing).toEqual([]);
  });

  it('are named with their folder, so that a reader finds them', () => {
    const loose = /(?<![\w/])(?:definitions|contract|bitbucket)(?:\.md|,? (?:section )?\d)/u;
    expect(sources.filter((file) => loose.test(read(file)))).toEqual([]);
  });
});
