import path from 'node:path';
import { CannotStart } from '../../machine/cannot-start';
import { DatabaseFailed, toDatabaseFailed } from './database-failed';
import { explainPostgres } from './postgres-failure';

/**
 * Why the database that `DATABASE_URL` names cannot be used, for whoever set it. What is no refusal of a database is
 * our own mistake and stays what it is.
 */
export function toOpeningFailure(error: unknown, url: string): unknown {
  const failed = toDatabaseFailed(findCause(error));
  if (!(failed instanceof DatabaseFailed)) return failed;
  const sentence = url.startsWith('sqlite:')
    ? explainSqlite(failed, path.resolve(url.slice('sqlite:'.length)))
    : explainPostgres(failed, url);
  return new CannotStart(sentence.replaceAll(/\s+/gu, ' '));
}

/** The runner of migrations wraps what made one fail. */
function findCause(error: unknown): unknown {
  return error instanceof Error && error.name === 'MigrationError' ? error.cause : error;
}

/** By SQLite's result code: what is so with the file, and the next step. */
const sqliteReasons: Readonly<Record<string, (folder: string) => string>> = {
  SQLITE_CANTOPEN: (folder) =>
    `which cannot be opened or made: let the user of this process write to the folder ${folder}, or name another file`,
  SQLITE_READONLY: (folder) =>
    `which can only be read: let the user of this process write to it and to its folder ${folder}, or name another file`,
  SQLITE_NOTADB: () => 'which is no SQLite database: name another file; one that is not there yet is made',
  SQLITE_CORRUPT: () => 'which is a damaged SQLite database: put a backup in its place',
  SQLITE_FULL: () => 'but there is no room left on its disk: make room, or name a file elsewhere',
  SQLITE_BUSY: () =>
    'which another process holds: end that process, for an SQLite file serves one, or name another file',
};

function explainSqlite({ code, message }: DatabaseFailed, file: string): string {
  const reason = sqliteReasons[code ?? '']?.(path.dirname(file));
  return `DATABASE_URL names ${file}, ${reason ?? `which cannot be used (${message}): mend that, or name another file`}.`;
}
