import type { GivenToken } from './credentials';

/** What is wrong with a token before anybody is asked, and what to do. Never holds a piece of the token. */
export interface TokenProblem {
  readonly sentence: string;
  readonly wayOut: string;
}

const emailForm = /^[^\s:@]+@[^\s:@]+$/u;
const anyWhiteSpace = /\s/u;
const printable = /^[\x21-\x7e]{8,4096}$/u;
const copyAgain = 'Copy the token alone, as Bitbucket shows it when it is made.';

/** Each rule with its sentence, in the order in which they are looked at. */
const rules: readonly (readonly [(given: GivenToken) => boolean, string, string])[] = [
  [
    ({ token }) => token.trim() === '',
    'The token is empty.',
    'Paste the token that Bitbucket showed when it was made.',
  ],
  [
    ({ token }) => /^(bearer|basic|token|jwt)\b[\s:=]/iu.test(token.trimStart()),
    'The token begins with a word of a header, such as "Bearer".',
    'Give the token alone, without the word in front of it.',
  ],
  [({ token }) => /[\r\n]/u.test(token), 'The token has a line break in it.', copyAgain],
  [({ token }) => anyWhiteSpace.test(token), 'The token has a space in it.', copyAgain],
  [({ token }) => /^["'].*["']$/su.test(token), 'The token stands in quotation marks.', copyAgain],
  [
    ({ token }) => token.startsWith('ATBB'),
    'This is an app password, and Bitbucket no longer takes app passwords (since 28 July 2026).',
    'Make an API token with scopes in your Atlassian account, or an access token in the settings of the workspace.',
  ],
  [
    ({ token }) => !printable.test(token),
    'This is no token of Bitbucket: it is too short, or has letters that none has.',
    copyAgain,
  ],
  [
    ({ email }) => email !== null && !emailForm.test(email),
    'The e-mail address is none.',
    'Give the address with which you sign in at Atlassian.',
  ],
  [
    ({ token, email }) => token.startsWith('ATATT') && email === null,
    'This is an API token of a person, and it needs the e-mail address of the account that made it.',
    'Give the address too: --email, or BITBUCKET_EMAIL.',
  ],
  [
    ({ token, email }) => token.startsWith('ATCTT') && email !== null,
    'This is an access token, and those go without an e-mail address.',
    'Leave out --email, or BITBUCKET_EMAIL.',
  ],
];

/** `null`: it may be one. The line break at the end of a file is no part of a token: see `trimToken`. */
export function findTokenProblem(given: GivenToken): TokenProblem | null {
  const broken = rules.find(([isBroken]) => isBroken(given));
  return broken === undefined ? null : { sentence: broken[1], wayOut: broken[2] };
}

/** Without the line break with which a file or a line of input ends. */
export function trimToken(token: string): string {
  return token.replace(/\r?\n$/u, '');
}
