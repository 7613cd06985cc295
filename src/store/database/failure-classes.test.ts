import { isPassing } from './failure-classes';

it('Failures that may pass are told from statements that are wrong, by codes of both databases and words of their clients', () => {
  const passing = [
    ...['SQLITE_BUSY', 'SQLITE_FULL', 'SQLITE_READONLY', 'SQLITE_IOERR'],
    ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EPIPE', 'EHOSTUNREACH'],
    ...['57P01', '57P03', '57014', '53300', '53100', '08006', '40P01', '55P03', '25006'],
  ];
  const lasting = ['SQLITE_CONSTRAINT', 'SQLITE_ERROR', 'SQLITE_CORRUPT', '23505', '42P01', '22P02', 'EACCES', '28P01'];
  expect(passing.filter((code) => !isPassing(code, ''))).toEqual([]);
  expect(lasting.filter((code) => isPassing(code, ''))).toEqual([]);
  const words = ['Connection terminated unexpectedly', 'Operation timeout', 'timeout expired', 'Query read timeout'];
  expect(words.filter((message) => !isPassing(null, message))).toEqual([]);
  expect(isPassing(null, 'Cannot read properties of undefined')).toBe(false);
});
