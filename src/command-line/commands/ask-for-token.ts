import type { Command } from 'commander';
import type { Instant } from '../../domain/instant';
import { askText } from '../terminal/ask';
import { readSecret } from '../terminal/read-secret';
import type { Terminal } from '../terminal/terminal';
import type { CommandContext } from './operations';
import { findDateProblem, readExpiry } from './read-values';

/** How a token is given, by options. */
export interface TokenOptions {
  readonly tokenFile?: string;
  readonly email?: string;
  /** As it was typed. */
  readonly expires?: string;
}

/** A token with what belongs to it. */
export interface AskedToken {
  readonly token: string;
  readonly expiresAt: Instant | null;
}

/** What Bitbucket puts in front of the tokens of workspaces, projects and repositories; those go without an address. */
const accessTokenPrefix = 'ATCTT';

/** Options of every command that takes a token. None of them holds it. */
export function addTokenOptions(command: Command): Command {
  return command
    .option('--token-file <file>', 'file that holds the token; - for standard input')
    .option('--email <address>', 'of the account, for the API token of a person')
    .option('--expires <date>', 'day on which the token ends, such as 2027-03-12, or never');
}

/** Takes what was given, and asks for the rest where somebody sits at the terminal. */
export async function askForToken(context: CommandContext, options: TokenOptions): Promise<AskedToken> {
  const { terminal, needs } = context;
  const given = options.expires === undefined ? undefined : readExpiry(options.expires, needs.clock.now());
  const question = 'Token of Bitbucket (it does not show):';
  const token = await readSecret(terminal, { file: options.tokenFile ?? null, question });
  return { token, expiresAt: given === undefined ? await askExpiry(context) : given };
}

/** Of the account, for the API token of a person; `null` for an access token. */
export async function askEmail(terminal: Terminal, token: string): Promise<string | null> {
  if (!terminal.isInteractive || token.startsWith(accessTokenPrefix)) return null;
  return askText(terminal, {
    message: 'E-mail address of the account, for the API token of a person (leave it empty for an access token):',
    check: (text) => (/^[^\s:@]+@[^\s:@]+$/u.test(text) ? null : 'This is no e-mail address.'),
  });
}

async function askExpiry({ terminal, needs }: CommandContext): Promise<Instant | null> {
  if (!terminal.isInteractive) return null;
  const now = needs.clock.now();
  const day = await askText(terminal, {
    message: 'When does the token end? (a date such as 2027-03-12, or leave it empty):',
    check: (text) => findDateProblem(text, now),
  });
  return day === null ? null : readExpiry(day, now);
}
