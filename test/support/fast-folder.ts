import { accessSync, constants, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Linux keeps what lies here in memory. Containers often have 64 MB of it, too little for databases. */
const memoryFolder = '/dev/shm';
const enough = 2 * 1024 ** 3;

/** A folder of its own for data of a test run, in memory where the machine has room there. */
export function makeFastFolder(prefix: string): string {
  return mkdtempSync(path.join(hasRoom(memoryFolder) ? memoryFolder : tmpdir(), prefix));
}

function hasRoom(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= enough;
  } catch {
    return false;
  }
}
