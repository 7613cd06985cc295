// Formats the templates of views/, which prettier cannot read, one element a line: `--check` names those that are not
// formatted and fails, without it they are written.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import beautify from 'js-beautify';

const options = {
  indent_size: 2,
  indent_handlebars: true,
  indent_inner_html: false,
  extra_liners: [],
  wrap_line_length: 0,
  max_preserve_newlines: 1,
  end_with_newline: true,
  templating: ['handlebars'],
  // White space between these and their neighbours shows, so nothing is put between them.
  inline: ['span', 'strong', 'code', 'time', 'a'],
  // What a browser shows of these to the letter.
  unformatted: ['textarea', 'pre'],
  content_unformatted: ['textarea', 'pre'],
};

const folder = path.resolve(import.meta.dirname, '../views');
const isCheck = process.argv.includes('--check');
let unformatted = 0;
for (const name of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.hbs'))) {
  const file = path.join(folder, name);
  const text = readFileSync(file, 'utf8');
  const formatted = beautify.html(text, options);
  if (formatted === text) continue;
  unformatted += 1;
  console.error(`views/${name}${isCheck ? ' is not formatted: npm run format:write' : ''}`);
  if (!isCheck) writeFileSync(file, formatted);
}
if (isCheck && unformatted > 0) process.exitCode = 1;
