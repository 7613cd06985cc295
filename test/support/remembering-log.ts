import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Log } from '../../src/machine/log';

/** What was logged, oldest first. */
export interface RememberingLog {
  readonly log: Log;
  readonly lines: Record<string, unknown>[];
}

/** A log for tests that look at what was said. */
export function createRememberingLog(): RememberingLog {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    decodeStrings: false,
    write(line: string, _encoding, done) {
      lines.push(JSON.parse(line) as Record<string, unknown>);
      done();
    },
  });
  return { log: pino({ level: 'info', base: null }, sink), lines };
}
