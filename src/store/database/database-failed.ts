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

/** Sequelize's errors hold the statement and its values; only message and code are kept. */
export function toDatabaseFailed(error: unknown): unknown {
  if (!(error instanceof Error) || !('original' in error)) {
    return error;
  }
  const original: unknown = error.original;
  if (!(original instanceof Error)) {
    return new DatabaseFailed(error.message, null);
  }
  const code = 'code' in original && typeof original.code === 'string' ? original.code : null;
  return new DatabaseFailed(original.message, code);
}
