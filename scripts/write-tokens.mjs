/**
 * Writes public/css/tokens.css from @atlaskit/tokens: only the variables that our style sheets use, light and dark,
 * so that a page loads two kilobytes of them and not sixty. Run by hand after a style sheet uses a new one:
 * `node scripts/write-tokens.mjs`; the result is committed.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '../public/css');

/** Series colours: 3:1 on their surface and told apart with every kind of sight, which the default palette is not. */
const charts = {
  light: ['#1558BC', '#8C8F97', '#4688EC', '#C9372C'],
  dark: ['#70A3F2', '#7E8188', '#1868DB', '#F15B50'],
};

function readTheme(name) {
  const css = require(`@atlaskit/tokens/dist/cjs/artifacts/themes/${name}.js`).default;
  return new Map([...css.matchAll(/^\s*(--ds-[\w-]+):\s*(.+);$/gm)].map(([, key, value]) => [key, value]));
}

function findUsed() {
  const sheets = readdirSync(folder).filter((file) => file.endsWith('.css') && file !== 'tokens.css');
  const styles = sheets.map((file) => readFileSync(path.join(folder, file), 'utf8'));
  const scripts = readdirSync(path.join(folder, '../js')).map((file) =>
    readFileSync(path.join(folder, '../js', file), 'utf8'),
  );
  const text = [...styles, ...scripts].join('\n');
  return [...new Set(text.match(/--ds-[\w-]+/g))].sort();
}

function writeVariables(theme, used, indent) {
  const lines = used.filter((name) => theme.has(name)).map((name) => `${indent}${name}: ${theme.get(name)};`);
  return lines.join('\n');
}

function writeCharts(mode, indent) {
  return charts[mode].map((colour, index) => `${indent}--chart-${index + 1}: ${colour};`).join('\n');
}

const light = readTheme('atlassian-light');
const dark = readTheme('atlassian-dark');
const plain = new Map(['spacing', 'shape', 'typography'].flatMap((kind) => [...readTheme(`atlassian-${kind}`)]));
const used = findUsed();
const missing = used.filter((name) => !light.has(name) && !plain.has(name));
if (missing.length > 0) {
  throw new Error(`@atlaskit/tokens has no ${missing.join(', ')}`);
}

const darkLines = (indent) =>
  `${indent}color-scheme: dark;\n${writeVariables(dark, used, indent)}\n${writeCharts('dark', indent)}`;
writeFileSync(
  path.join(folder, 'tokens.css'),
  `/* Written by scripts/write-tokens.mjs from @atlaskit/tokens; only what our style sheets use. */
:root {
  color-scheme: light;
${writeVariables(plain, used, '  ')}
${writeVariables(light, used, '  ')}
${writeCharts('light', '  ')}
}

@media (prefers-color-scheme: dark) {
  :root:not([data-theme='light']) {
${darkLines('    ')}
  }
}

:root[data-theme='dark'] {
${darkLines('  ')}
}
`,
);
