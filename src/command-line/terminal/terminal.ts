import type { Readable, Writable } from 'node:stream';
import { styleText } from 'node:util';

type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** The three streams of a process, and what its environment says of them. */
export interface TerminalStreams {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Output;
  readonly errors: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export type Colour = 'green' | 'yellow' | 'red' | 'dim' | 'bold';

/** Where a command says something: results on standard output, everything said to a person on standard error. */
export interface Terminal extends TerminalStreams {
  /** Somebody sits there and can be asked. */
  readonly isInteractive: boolean;
  /** Of a line, in characters. */
  readonly width: number;
  /** A result: whole lines. */
  print(text: string): void;
  /** A word to whoever watches: a line. */
  tell(sentence: string): void;
  /** For a result: coloured where it is read by a person, as it is elsewhere. */
  paint(colour: Colour, text: string): string;
  /** From now on this text is written nowhere, whatever goes wrong. */
  hide(secret: string): void;
}

/** Longer lines are hard to read. */
const widest = 100;
const usual = 80;
const shortestSecret = 8;

export function createTerminal(streams: TerminalStreams): Terminal {
  const { input, output, errors } = streams;
  const secrets = new Set<string>();
  const cover = (text: string): string =>
    [...secrets].reduce((covered, secret) => covered.replaceAll(secret, '[secret]'), text);
  const isColoured = hasColour(streams);
  return {
    ...streams,
    isInteractive: input.isTTY === true && errors.isTTY === true,
    width: Math.min(output.columns || usual, widest),
    print: (text) => void output.write(`${cover(text)}\n`),
    tell: (sentence) => void errors.write(`${cover(sentence)}\n`),
    paint: (colour, text) => (isColoured ? styleText(colour, text, { validateStream: false }) : text),
    hide(secret) {
      // A shorter one would be found in the middle of words.
      if (secret.length >= shortestSecret) secrets.add(secret);
    },
  };
}

/** On a terminal that can, unless https://no-color.org is asked for. */
function hasColour({ output, environment }: TerminalStreams): boolean {
  return output.isTTY === true && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
}
