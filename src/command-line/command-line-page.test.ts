import { readFileSync } from 'node:fs';
import { commandLineFile, writeCommandLine } from '../../scripts/write-command-line';

it('The page of the command line says what --help says: "npm run command-line" writes it', () => {
  expect(readFileSync(commandLineFile, 'utf8')).toBe(`${writeCommandLine()}\n`);
});
