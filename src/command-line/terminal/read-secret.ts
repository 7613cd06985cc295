import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { describeSystemError } from '../../machine/system-error';
import { CommandFailed } from '../outcomes/command-failed';
import { askSecret } from './ask';
import type { Terminal } from './terminal';

/** No token is longer; a wrong file may be. */
const longest = 16_384;
const patienceMs = 2000;

/** `file`: of `--token-file`, `-` for standard input; `null`: not given. */
interface SecretSource {
  readonly file: string | null;
  /** What is asked on a terminal. */
  readonly question: string;
}

/**
 * The token, from the file that is named, from standard input where no person sits, else asked for without showing it.
 * An argument would be read by everybody on the machine in the list of processes, and kept by the shell.
 * @throws {CommandFailed} when there is none, or none that could be one
 */
export async function readSecret(terminal: Terminal, { file, question }: SecretSource): Promise<string> {
  const secret = await readFrom(terminal, { file, question });
  terminal.hide(secret);
  const problem = checkSecret(secret);
  if (problem !== null) throw new CommandFailed('wrongUse', problem, ways);
  return secret;
}

async function readFrom(terminal: Terminal, { file, question }: SecretSource): Promise<string> {
  if (file !== null && file !== '-') return readFile(file);
  if (file === null && terminal.isInteractive) return askSecret(terminal, { message: question, check: checkSecret });
  if (terminal.input.isTTY === true && file === null) {
    throw new CommandFailed('wrongUse', 'No token was given, and nobody can be asked for it here.', ways);
  }
  return readInput(terminal);
}

const ways = 'Type it where it is asked for, pipe it in, or name a file that holds it: --token-file FILE.';

/** One line of visible characters: a token with a line break in it is two, or a token and something else. */
function checkSecret(text: string): string | null {
  if (text === '') return 'There is no token.';
  if (/^[\x21-\x7e]+$/u.test(text)) return null;
  return 'This is no token: it has white space, line breaks or letters that no token has. Copy it again, alone.';
}

async function readFile(file: string): Promise<string> {
  try {
    return await readText(createReadStream(file, { end: longest }));
  } catch (error) {
    if (error instanceof CommandFailed) throw error;
    throw new CommandFailed(
      'wrongUse',
      `The file of the token, ${file}, cannot be read (${describeSystemError(error)}).`,
      ways,
    );
  }
}

async function readInput(terminal: Terminal): Promise<string> {
  const waiting = setTimeout(() => {
    terminal.tell('Waiting for the token on standard input.');
  }, patienceMs);
  try {
    return await readText(terminal.input);
  } finally {
    clearTimeout(waiting);
  }
}

async function readText(stream: Readable): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of stream as AsyncIterable<Buffer | string>) {
    parts.push(Buffer.from(part));
    length += part.length;
    if (length > longest) throw new CommandFailed('wrongUse', 'This is no token: it is far too long.', ways);
  }
  return Buffer.concat(parts).toString('utf8').trim();
}
