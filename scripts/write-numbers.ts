import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deliveryMetricKeys } from '../src/domain/metrics/catalogue';
import { deliveryWords } from '../src/web/presentation/metrics/delivery-words';

export const numbersFile = path.resolve(__dirname, '../docs/numbers.md');

/** The text of the document with the table of the Accelerate metrics as the catalogue and its words have it. */
export function writeMetricsTable(text: string): string {
  const rows = deliveryMetricKeys.map((key) => {
    const { name, formula, leftOut } = deliveryWords[key];
    return `| ${name.toLowerCase()} | ${formula} | ${leftOut} |`;
  });
  const head = '| metric | value | left out |\n| --- | --- | --- |\n';
  return text.replace(/\| metric \| value \| left out \|\n\| --- .*\n(\|.*\n)+/u, () => `${head}${rows.join('\n')}\n`);
}

if (require.main === module) {
  writeFileSync(numbersFile, writeMetricsTable(readFileSync(numbersFile, 'utf8')));
}
