/** Every text of the section "Sign-in links". */
export const linkWords = {
  intro:
    'Each lets one browser in, outside of Bitbucket, and shows it all repositories of this workspace: for people without a Bitbucket account and for screens on a wall.',
  fields: { name: 'For whom', valid: 'Valid for' },
  validities: {
    day: 'A day',
    quarter: '15 minutes',
    month: '30 days, for a screen on a wall',
    year: '365 days, for a screen on a wall',
  },
  make: 'Make a sign-in link',
  none: 'There are no sign-in links yet. Say above for whom the first one is.',
  table: {
    caption: 'Sign-in links',
    name: 'For',
    sees: 'Sees',
    made: 'Made',
    status: 'Status',
    revoke: 'Revoke',
    pages: 'Pages of the links',
  },
  nobody: 'Nobody named',
  seesAll: 'All repositories',
  seesAllAsAdministrator: 'All, as administrator',
  status: {
    revoked: (when: string) => `Revoked ${when}`,
    used: (when: string) => `Used ${when}`,
    ended: (when: string) => `Expired ${when}`,
    open: (when: string) => `Open until ${when}`,
  },
  outcome: {
    refused: 'No link was made',
    made: (name: string) => `The link for ${name} is made`,
    copy: (until: string) =>
      `Copy the link now: it is shown this once. The link signs one browser in, until ${until} UTC, and shows all repositories.`,
    again:
      'The link was made and shown already, and is not shown again. If nobody copied the link, revoke it below and make another.',
    badName: (longest: number) =>
      `Say in 1 to ${longest} characters for whom the link is, so that you recognise it later.`,
    badValidity: 'Choose one of the list.',
    incomplete: 'The form was incomplete: make the link again.',
    revoked: 'The link is revoked',
    closed: 'The link opens nothing any more, and whoever signed in with it is signed out.',
    notRevoked: 'No link was revoked',
    notThere: 'The link is revoked already, or no longer there.',
  },
} as const;
