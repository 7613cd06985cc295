import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** docs/words.md, as far as a program can keep it. */

const root = path.resolve(__dirname, '../..');

function listFiles(folder: string, isMeant: (name: string) => boolean): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => isMeant(name));
}

const templates = listFiles('views', (name) => name.endsWith('.hbs'));
const wordFiles = listFiles('src/web', (name) => /(?:^|[-/])words\.ts$/u.test(name));
/** Texts that several pages share, or that stand beside what decides which of them is said. */
const textFiles = [
  ...['empty-view', 'message-page', 'sight-line', 'state-view', 'undated-view'].map((name) => `frame/${name}`),
  ...['forms/form-action', 'forms/people-choice', 'rows/row-kinds'],
]
  .map((name) => `src/web/presentation/${name}.ts`)
  .concat(['check-view', 'first-page-view', 'refusals', 'sign-in-view'].map((name) => `src/web/own-window/${name}.ts`));
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');

/** What a reader would read in a template that is filled with nothing. */
function findProse(template: string): string[] {
  const bare = template.replaceAll(/\{\{!--[\s\S]*?--\}\}/gu, '').replaceAll(/\{\{[\s\S]*?\}\}/gu, '');
  const spoken = [...bare.matchAll(/\b(?:aria-label|title|placeholder|alt)="([^"]*)"/gu)].map(([, text]) => text ?? '');
  return [...spoken, ...bare.replaceAll(/<[^>]*>/gu, '\n').split('\n')]
    .map((text) => text.trim())
    .filter((text) => /\p{L}{2}/u.test(text) && !names.has(text));
}

/** Names and file forms, which no language changes. */
const names = new Set(['Drumbeat', '· Drumbeat', 'CSV', 'Bitbucket']);

/** The strings of a file, without its comments, imports and types. */
function listStrings(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//gu, '').replaceAll(/^\s*(?:import|\/\/).*$/gmu, '');
  return [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/gu)].map(
    ([, one, two, three]) => one ?? two ?? three ?? '',
  );
}

const forbidden: readonly (readonly [string, RegExp])[] = [
  ['an exclamation mark', /[a-z]!(?:\s|$)/u],
  ['please or sorry', /\b(?:please|sorry|oops)\b/iu],
  ['system, to a person', /\bsystems?\b(?! settings)/iu],
  ['a link that says nothing', /^(?:more|here|click here|read more)$/iu],
  ['log in', /\b(?:log in|login|log out)\b/iu],
  ['N/A', /\bN\/A\b/u],
  ['a sentence about an it', /(?:^|[.?] )(?:It|They|Its|Their) /u],
  ['data as a subject', /\bdata (?:is|are|has|have)\b/iu],
  ['capitals in the name of a page', /Changes & Reviews|Work in Progress|Delivery Performance|Data Quality/u],
  ['what is none', /\bno people\b|waiting for nothing/iu],
  ['a right, for a permission', /\bright of yours\b/iu],
  ['believed, for trusted', /\bbelieved\b/iu],
];

describe('words on pages', () => {
  it.each(templates)('are none in the template %s', (name) => {
    expect(findProse(read(name))).toEqual([]);
  });

  it.each([...wordFiles, ...textFiles])('are those of docs/words.md in %s', (name) => {
    const found = listStrings(read(name)).flatMap((text) =>
      forbidden.filter(([, form]) => form.test(text)).map(([what]) => `${what}: ${text}`),
    );
    expect(found).toEqual([]);
  });
});
