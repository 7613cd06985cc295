import { stat, statfs } from 'node:fs/promises';
import { statSync } from 'node:fs';
import path from 'node:path';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { DatabaseFailed } from '../database/database-failed';
import { Encryption } from '../encryption/encryption';
import { isMarkOf, type KeyMark } from './key-marks';

/** What keeps the database from being worked with now, in words; `null`: nothing. It may take as long as it likes. */
export type DatabaseProbe = (now: Instant) => Promise<string | null>;

interface Probed {
  readonly encryptionKey: Buffer;
  /** `null` for a database in memory, and for PostgreSQL. */
  readonly file: string | null;
}

/** The largest notice, and what SQLite writes beside it. */
const leastRoom = 8 * 1024 * 1024;

const locked = 'The database is locked by somebody else.';
const full = 'No room is left on the disk of the database.';
const readOnly = 'The database can only be read.';
const damaged = 'The database is damaged: put a backup in its place.';
const noAnswer = 'The database does not answer.';
const replaced =
  'The file of the database was removed or replaced while it is open: end this process and start it again.';
const otherKey = 'The encryption key of this process is not that of the database: start it with the right one.';

const problems: Readonly<Record<string, string>> = {
  SQLITE_BUSY: locked,
  SQLITE_LOCKED: locked,
  SQLITE_FULL: full,
  SQLITE_READONLY: readOnly,
  SQLITE_CORRUPT: damaged,
  SQLITE_NOTADB: damaged,
  SQLITE_IOERR: 'The disk of the database fails.',
  '53100': full,
  '25006': readOnly,
  '55P03': locked,
  '57014': 'The database is too slow, or locked by somebody else.',
};

/** Tries a write that changes nothing but the moment of it, and whether the key is still the one of the database. */
export function createDatabaseProbe(database: Database, { encryptionKey, file }: Probed): DatabaseProbe {
  const encryption = new Encryption(encryptionKey);
  const opened = file === null ? null : statSync(file);
  const findFileProblem = async (): Promise<string | null> => {
    if (file === null || opened === null) return null;
    const found = await stat(file).catch(() => null);
    if (found?.ino !== opened.ino || found.dev !== opened.dev) return replaced;
    const { blocks, bavail, bsize } = await statfs(path.dirname(file));
    // A file system without a size has no blocks.
    return blocks > 0 && bavail * bsize < leastRoom ? full : null;
  };
  return async (now) => {
    try {
      const marks = await database.transaction(
        (tx) =>
          database.read<KeyMark>('UPDATE encryption_key SET probed_at = $1 RETURNING salt, fingerprint', [now], tx),
        { isUrgent: true },
      );
      return marks.some((mark) => isMarkOf(mark, encryption)) ? await findFileProblem() : otherKey;
    } catch (error) {
      return describe(error);
    }
  };
}

function describe(error: unknown): string {
  const code = error instanceof DatabaseFailed ? error.code : null;
  return problems[code ?? ''] ?? noAnswer;
}
