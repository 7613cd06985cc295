import { types } from 'node:util';
import { readErrorCode } from '../../machine/system-error';
import { isLockOfAnother, isPassing } from './failure-classes';

/**
 * The database refused a statement. Carries neither statement nor values: values may be private,
 * and errors are logged.
 */
export class DatabaseFailed extends Error {
  /** SQLSTATE, or SQLite's own word such as `SQLITE_FULL`; `null` when there is none. */
  readonly code: string | null;
  /** It was not the statement: the same may go well in a while, once the database can work again. */
  readonly isUnavailable: boolean;

  constructor(message: string, code: string | null) {
    super(message);
    this.name = 'DatabaseFailed';
    this.code = code;
    this.isUnavailable = isPassing(code, message);
  }
}

/** Another process keeps the one lock of writers. */
export function isLockedOut(error: unknown): boolean {
  return error instanceof DatabaseFailed && isLockOfAnother(error.code);
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
