import { readFileSync } from 'node:fs';
import { numbersFile, writeMetricsTable } from '../../../../scripts/write-numbers';
import { deliveryWords } from './delivery-words';

it('the document of the numbers has the formula of every metric; `npm run numbers` writes it', () => {
  const text = readFileSync(numbersFile, 'utf8');
  expect(text).toBe(writeMetricsTable(text));
  for (const { formula } of Object.values(deliveryWords)) {
    expect(text).toContain(formula);
  }
});
