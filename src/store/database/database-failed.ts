import { types } from 'node:util';
import { readErrorCode } from '../../machine/system-error';

/**
 * The database refused a statement. Carries neither statement nor values: values may be private,
 * and errors are logged.
 */
export class DatabaseFailed extends Error {
  /** SQLSTATE, or SQLite's own word such as `SQLITE_FULL`; `null` when there is none. */
  readonly code: string | null;

  constructor(message: string, code: string | null) {
    super(message);
    this.name = 'DatabaseFailed';
    this.code = code;
  }
}

/** Sequelize's errors hold the statement and its values: of those, and of SQLite's own, only message and code are kept. */
export function toDatabaseFailed(error: unknown): unknown {
  if (isOfSqlite(error)) return new DatabaseFailed(error.message, error.code);
  if (!(error instanceof Error) || !('original' in error)) {
    return error;
  }
  const { original } = error;
  // A host with several addresses fails with an error of several, whose own message is empty.
  const hasMessage = types.isNativeError(original) && original.message !== '';
  return new DatabaseFailed(hasMessage ? original.message : error.message, readErrorCode(original));
}

/** By its shape: it is of another realm in a test. */
function isOfSqlite(error: unknown): error is { readonly message: string; readonly code: string } {
  return types.isNativeError(error) && 'errno' in error && /^SQLITE_[A-Z_]+$/u.test(readErrorCode(error) ?? '');
}
