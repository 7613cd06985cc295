import { rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFastFolder } from '../../../test/support/fast-folder';
import { CannotStart } from '../../machine/cannot-start';
import { SqliteHold } from './sqlite-hold';

let folder: string;
let file: string;
beforeEach(() => {
  folder = makeFastFolder('drumbeat-hold-');
  file = path.join(folder, 'test.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('The hold on an SQLite file', () => {
  it('is one at a time: whoever comes second is told of the first', async () => {
    const first = new SqliteHold(file);
    await first.take();
    const second = new SqliteHold(file, { patienceMs: 0 });
    const refused = second.take();
    await expect(refused).rejects.toThrow(CannotStart);
    await expect(refused).rejects.toThrow(`open (process ${process.pid} on `);
    await expect(second.take()).rejects.toThrow('an SQLite file serves one');
    await first.release();
    await second.take();
    await second.release();
    expect(statSync(`${file}.lock`).mode & 0o777).toBe(0o600);
  });

  it('is waited for while the one before ends', async () => {
    const first = new SqliteHold(file);
    await first.take();
    const taken = new SqliteHold(file).take();
    await first.release();
    await expect(taken).resolves.toBeUndefined();
  });

  it('is refused where its file is something else, with the way out', async () => {
    writeFileSync(`${file}.lock`, 'no lock of ours, '.repeat(100));
    await expect(new SqliteHold(file).take()).rejects.toThrow('it is no lock of Drumbeat: delete it');
  });
});
