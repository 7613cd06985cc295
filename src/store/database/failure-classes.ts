/*
 * What the codes of both databases say of a failure: whether the statement was wrong, which stays so, or the database
 * cannot work just now. Whoever asks for something is told to come again in the one case alone.
 */

/** Locked by another process, a full disk, a file that can only be read, a disk that fails. */
const passingOfSqlite = new Set([
  ...['SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_FULL', 'SQLITE_READONLY', 'SQLITE_IOERR', 'SQLITE_CANTOPEN'],
  ...['SQLITE_NOMEM', 'SQLITE_PROTOCOL', 'SQLITE_NOLFS', 'SQLITE_INTERRUPT'],
]);

/**
 * Of SQLSTATE, its class: a connection that failed (08), a transaction taken back for the sake of another (40), no room
 * left of something (53), ended or not to be reached by an operator or a time-out (57), a failing system (58).
 */
const passingClasses = new Set(['08', '40', '53', '57', '58']);
/** A lock that was waited for in vain, a statement that may only read for now, a login that is not let in for now. */
const passingStates = new Set(['55P03', '25006', '25P03']);

/** Of the network, of whatever kind. */
const ofNetwork = /^E(?:AI_AGAIN|CONN[A-Z]+|TIMEDOUT|PIPE|NOTFOUND|HOST[A-Z]+|NET[A-Z]+)$/u;

/** What the clients find themselves has no code. */
const withoutCode =
  /^(?:Connection terminated|Operation timeout|timeout expired|Query read timeout|Client has encountered|Connection timed out)|SQLITE_MISUSE: Database is closed|ConnectionManager\.getConnection was called after/u;

/** Whether the same may go well in a while, by the code of a failure and its message. */
export function isPassing(code: string | null, message: string): boolean {
  if (code === null) return withoutCode.test(message);
  if (passingOfSqlite.has(code) || passingStates.has(code) || ofNetwork.test(code)) return true;
  return /^[\dA-Z]{5}$/u.test(code) && passingClasses.has(code.slice(0, 2));
}

/** Whether another process keeps the one lock of writers that SQLite has. */
export function isLockOfAnother(code: string | null): boolean {
  return code === 'SQLITE_BUSY';
}

/** The connection does not answer; whatever is sent over it would wait as long. */
export function isSilent(message: string): boolean {
  return message === 'Query read timeout';
}
