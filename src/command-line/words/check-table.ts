import { indentText, wrapText } from '../terminal/wrap-text';
import type { Colour, Terminal } from '../terminal/terminal';

interface CheckLine {
  readonly title: string;
  readonly result: 'works' | 'not_allowed' | 'failed' | 'skipped';
  readonly sentence: string;
  readonly wayOut: string | null;
}

const results: Readonly<Record<CheckLine['result'], { readonly word: string; readonly colour: Colour }>> = {
  works: { word: 'works', colour: 'green' },
  not_allowed: { word: 'not allowed', colour: 'yellow' },
  failed: { word: 'failed', colour: 'red' },
  skipped: { word: 'skipped', colour: 'dim' },
};
const resultWidth = Math.max(...Object.values(results).map(({ word }) => word.length));
const gap = '  ';
/** Below this the sentences would be a column of words. */
const narrowest = 30;

/** A line a check: what was looked at, how it is, what that means, and below it the next step. */
export function toCheckTable(checks: readonly CheckLine[], terminal: Pick<Terminal, 'width' | 'paint'>): string {
  const titleWidth = Math.max(...checks.map(({ title }) => title.length));
  const indent = ' '.repeat(titleWidth + gap.length + resultWidth + gap.length);
  const width = Math.max(terminal.width - indent.length, narrowest);
  return checks
    .map(({ title, result, sentence, wayOut }) => {
      const { word, colour } = results[result];
      const head = [title.padEnd(titleWidth), terminal.paint(colour, word.padEnd(resultWidth)), ''].join(gap);
      const lines = [...wrapText(sentence, width), ...(wayOut === null ? [] : wrapText(`→ ${wayOut}`, width))];
      return `${head}${indentText(lines, indent)}`;
    })
    .join('\n');
}
