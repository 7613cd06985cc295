import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Readable } from 'node:stream';

/** Who watches a demonstration. */
export interface Audience {
  say(line: string): void;
  /** Whether anybody is there. */
  readonly isWatching: boolean;
  /**
   * Whether commands write to this process's own standard error, with a bar where that is a terminal; else what they
   * write is said line by line.
   */
  readonly isAtTerminal: boolean;
}

interface Place {
  readonly folder: string;
  /** What commands are told, besides where programs and terminal are. */
  readonly environment: Readonly<Record<string, string>>;
  readonly audience: Audience;
  /** Ends the command under way. */
  readonly signal: AbortSignal;
}

const program = path.resolve(__dirname, '../bin/drumbeat.mjs');
const kept = ['PATH', 'HOME', 'TMPDIR', 'TERM', 'COLORTERM', 'NO_COLOR', 'LANG', 'SYSTEMROOT', 'TEMP'];

/** Runs the real command line as an operator would in that folder, and shows what was typed and what it said. */
export async function runDrumbeat(args: readonly string[], place: Place): Promise<void> {
  const { audience, folder, environment, signal } = place;
  audience.say(`$ drumbeat ${args.join(' ')}`);
  const heard: string[] = [];
  const inherited = Object.fromEntries(kept.flatMap((name) => [[name, process.env[name]]]));
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { ...inherited, ...environment },
    stdio: audience.isAtTerminal ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'],
    signal,
  });
  for (const stream of [child.stdout, child.stderr]) {
    hear(stream, (line) => {
      heard.push(line);
      audience.say(line);
    });
  }
  // One that is stopped has an error first, and ends a little later.
  child.once('error', ({ message }) => heard.push(message));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  audience.say('');
  if (code !== 0) {
    throw new Error([`drumbeat ${args[0] ?? ''} has failed (${code ?? 'stopped'}).`, ...heard].join('\n'));
  }
}

/** Whole lines, also where they come in pieces. */
function hear(stream: Readable | null, listener: (line: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8').on('data', (text: string) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(listener);
  });
  stream?.once('end', () => {
    if (rest !== '') listener(rest);
  });
}
