import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { CannotStart } from '../../machine/cannot-start';
import { describeSystemError, readErrorCode } from '../../machine/system-error';

const keyLength = 32;
const readableByOthers = 0o077;

/**
 * The key in a file; `null` where there is no file.
 * @throws {CannotStart} for a file that cannot be read, or that holds something else.
 */
export function readKeyFile(file: string): Buffer | null {
  const text = readText(file);
  if (text === null) return null;
  const key = Buffer.from(text, 'base64');
  if (key.length === keyLength) return key;
  throw new CannotStart(
    `The key file ${file} does not hold a key (32 bytes in base64): put its backup in its place, or set ENCRYPTION_KEY; ` +
      'only while no workspace was ever connected it may simply be deleted, and a new one is made.',
  );
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (readErrorCode(error) === 'ENOENT') return null;
    throw new CannotStart(
      `The key file ${file} cannot be read (${describeSystemError(error)}): let the user of this process, and nobody ` +
        'else, read it, or set ENCRYPTION_KEY.',
    );
  }
}

/** Makes a key and its file, which its owner alone may read; a file that is there is never written to. */
export function makeKeyFile(file: string): Buffer {
  const key = randomBytes(keyLength);
  try {
    writeWhole(file, key.toString('base64'));
  } catch (error) {
    throw new CannotStart(
      `The key file ${file} cannot be made (${describeSystemError(error)}): let the user of this process write to its ` +
        'folder, or set ENCRYPTION_KEY.',
    );
  }
  return key;
}

/**
 * On the disk before anything is encrypted with it, and there as a whole or not at all: half a file would be in the way
 * of the next start. Two processes are never here at once, for the database is held meanwhile.
 */
function writeWhole(file: string, text: string): void {
  const unfinished = `${file}.${process.pid}.new`;
  rmSync(unfinished, { force: true });
  try {
    writeDown(unfinished, text);
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
  const folder = openSync(path.dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function writeDown(file: string, text: string): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Whether other users of the machine may read the file. */
export function isOpenToOthers(file: string): boolean {
  return ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & readableByOthers) !== 0;
}
