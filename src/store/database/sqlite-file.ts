import { chmodSync, existsSync, mkdirSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';
import { CannotStart } from '../../machine/cannot-start';
import type { Log } from '../../machine/log';
import { keepToOwner, makeOwnersFile, ownerOnly } from '../../machine/owner-only';
import { describeSystemError } from '../../machine/system-error';

/** What SQLite writes beside a database, with the rights of that. */
const companions = ['-wal', '-shm', '-journal'];

/**
 * Makes a database file that is not there, and its folder, for their owner alone, and refuses what can be no database file before SQLite
 * opens it: opening a pipe, for one, would never return.
 */
export function prepareSqliteFile(file: string): void {
  const folder = path.dirname(file);
  try {
    makeFolder(folder);
  } catch (error) {
    throw new CannotStart(
      `DATABASE_URL names ${file}, but its folder ${folder} cannot be made (${describeSystemError(error)}): ` +
        'name a file in a folder that the user of this process may write to.',
    );
  }
  const found = look(file);
  if (found?.isDirectory() === true) {
    const example = path.join(file, 'drumbeat.sqlite');
    throw new CannotStart(
      `DATABASE_URL names ${file}, which is a folder: name a file in it, such as sqlite:${example}.`,
    );
  }
  if (found?.isFile() === false) {
    throw new CannotStart(`DATABASE_URL names ${file}, which is no ordinary file: name one that is.`);
  }
  if (found === undefined) makeOwnersFile(file);
}

/** A database file that is known to be ours, and what SQLite writes beside it; `null`: there is none. */
export function keepSqliteFileToOwner(file: string | null, log: Log | undefined): void {
  const files = file === null ? [] : ['', ...companions].map((end) => `${path.resolve(file)}${end}`);
  for (const one of files) keepToOwner(one, log);
}

function look(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch (error) {
    throw new CannotStart(
      `DATABASE_URL names ${file}, which cannot be reached (${describeSystemError(error)}): name a file in a folder ` +
        'that the user of this process may write to.',
    );
  }
}

/** One folder after another: the recursive call of Node never returns where a file system makes no folders (/proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder, ownerOnly.folder);
    chmodSync(folder, ownerOnly.folder);
  } catch (error) {
    // Somebody else made it meanwhile.
    if (!existsSync(folder)) throw error;
  }
}
