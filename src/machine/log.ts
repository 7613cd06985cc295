import { pino, type Logger } from 'pino';
import type { Clock } from '../domain/clock';

export type Log = Logger;

/** What must never be written down, wherever a caller puts it by mistake. */
const secretPaths = [
  'secret',
  'sharedSecret',
  'token',
  'jwt',
  'authorization',
  'session',
  '*.secret',
  '*.sharedSecret',
  '*.token',
  '*.jwt',
  '*.authorization',
  '*.session',
  'req.headers.authorization',
  'req.query.jwt',
];

/** Structured logs, one JSON object a line on stderr: standard output belongs to data. */
export function createLog(level: string, clock: Clock): Log {
  const timestamp = (): string => `,"time":${clock.now()}`;
  const redact = { paths: secretPaths, censor: '[secret]' };
  return pino({ level, redact, timestamp, base: null }, pino.destination(2));
}

/** For tests and tools that want no log. */
export function createSilentLog(): Log {
  return pino({ level: 'silent' });
}
