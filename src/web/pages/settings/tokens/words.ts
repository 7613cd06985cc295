import { formatCount } from '../../../presentation/format/numbers';

/** Every text of the section "API tokens". */
export const tokenWords = {
  intro:
    'A token lets a script read the numbers of this workspace, or change its settings as well. The token is shown once, when it is made.',
  fields: { name: 'Name', scope: 'Access' },
  scopes: { read: 'Read', read_write: 'Read and change' },
  make: 'Make a token',
  none: 'There are no tokens yet. Give the first one a name above and make it.',
  table: {
    caption: 'API tokens',
    name: 'Name',
    scope: 'Access',
    made: 'Made',
    revoke: 'Revoke',
    pages: 'Pages of the tokens',
  },
  revoked: (when: string) => `Revoked ${when}`,
  goneTitle: 'Tokens of somebody who left',
  gone: (count: number) => {
    const what =
      count === 1
        ? 'One token was made by somebody who is'
        : `${formatCount(count)} tokens were made by people who are`;
    return `${what} no administrator any more. Such tokens read all numbers as before, and change nothing: revoke what nobody needs.`;
  },
  maker: {
    unknown: 'By whom is not known: made before that was kept',
    nobody: 'nobody named',
    by: (name: string) => `By ${name}`,
    byGone: (name: string) => `By ${name}, who is no administrator any more`,
    byLink: (name: string) => `With the sign-in link for ${name}`,
    byRevokedLink: (name: string) => `With the sign-in link for ${name}, which is revoked`,
  },
  outcome: {
    refused: 'No token was made',
    made: (name: string) => `The token ${name} is made`,
    copy: 'Copy the token now: it is shown this once and never again. Send the token as "Authorization: Bearer" with each request.',
    again:
      'The token was made and shown already, and is not shown again. If nobody copied the token, revoke it below and make another.',
    badName: (longest: number) => `A token has a name of 1 to ${longest} characters, so that you recognise it later.`,
    incomplete: 'The form was incomplete: make the token again.',
    notRevoked: 'No token was revoked',
    notThere: 'This token is no longer there.',
    revoked: (name: string) => `The token ${name} is revoked`,
    closed: 'Scripts with this token are refused from now on.',
  },
} as const;
