import type { LinkProblem, SignInProblem } from '../../doors/own-window';

/** Why somebody is not let in: what happened, and the way on. */
export interface RefusalWords {
  readonly status: number;
  readonly title: string;
  readonly text: string;
  readonly details: readonly string[];
  /** What the one link on the page says; it leads to the ways to sign in. */
  readonly step: string;
}

const again = 'Sign in again';
const others = 'Other ways to sign in';
const forOperator = 'Tell whoever runs Drumbeat:';

/** After Bitbucket's page; the code and the state it came with are in none of these words. */
export const signInRefusals: Readonly<Record<SignInProblem, RefusalWords>> = {
  not_configured: {
    status: 404,
    title: 'Signing in with Bitbucket is not set up',
    text: 'Drumbeat knows no OAuth consumer of Bitbucket.',
    details: [`${forOperator} set BITBUCKET_OAUTH_KEY and BITBUCKET_OAUTH_SECRET, and start again.`],
    step: others,
  },
  not_begun_here: {
    status: 400,
    title: 'This sign-in did not begin in this browser',
    text: 'Another browser began it, more than ten minutes have passed, or the sign-in was used already: each works once. Nobody was signed in.',
    details: [
      'Begin again in this browser, and let it keep cookies.',
      'A sign-in has to begin at the public address of Drumbeat: BASE_URL, to which Bitbucket sends you back.',
    ],
    step: again,
  },
  declined: {
    status: 403,
    title: 'Bitbucket was not allowed to tell who you are',
    text: 'You, or a rule of your organisation, said no on the page of Bitbucket. Nobody was signed in.',
    details: ['Drumbeat reads who you are and which repositories you can see, and changes nothing.'],
    step: again,
  },
  code_refused: {
    status: 400,
    title: 'Bitbucket did not accept this sign-in',
    text: 'The answer of Bitbucket was used already or is too old: each works once and for a short time.',
    details: [],
    step: again,
  },
  consumer_refused: {
    status: 500,
    title: 'Bitbucket does not accept the OAuth consumer of Drumbeat',
    text: 'Nobody can sign in with Bitbucket until that is put right.',
    details: [
      `${forOperator} BITBUCKET_OAUTH_KEY or BITBUCKET_OAUTH_SECRET is wrong, or the consumer has another callback URL.`,
    ],
    step: others,
  },
  scope_missing: {
    status: 500,
    title: 'The OAuth consumer of Drumbeat may not read enough',
    text: 'Bitbucket does not tell which repositories you can see.',
    details: [`${forOperator} the consumer needs the permissions Account: Read and Repositories: Read.`],
    step: again,
  },
  bitbucket_unavailable: {
    status: 503,
    title: 'Bitbucket does not answer',
    text: 'Who you are could not be asked. Nobody was signed in.',
    details: ['Try again in a few minutes.'],
    step: again,
  },
  bitbucket_unreadable: {
    status: 502,
    title: 'Bitbucket answered something unexpected',
    text: 'The answer does not say who you are. Nobody was signed in.',
    details: ['Try again in a few minutes.', `If that happens again, ${forOperator.toLowerCase()} the log says more.`],
    step: again,
  },
  no_workspace: {
    status: 403,
    title: 'None of your workspaces is connected',
    text: 'Bitbucket names no workspace of yours that Drumbeat is connected to.',
    details: [
      'If you have several accounts, sign out at Bitbucket and sign in with the one of that workspace.',
      'Else ask an administrator of the workspace to let you in at Bitbucket, or for a sign-in link.',
    ],
    step: again,
  },
};

/** Nobody was asked at Bitbucket; an address may be that of a whole office. */
export const failedTooOften: RefusalWords = {
  status: 429,
  title: 'Too many sign-ins have failed',
  text: 'All came from your network address, within one minute. Nobody was signed in.',
  details: [
    'Wait a minute, then sign in again.',
    `${forOperator} behind a proxy TRUST_PROXY has to name it, or everybody has one address.`,
  ],
  step: again,
};

export const tooManyAtOnce: RefusalWords = {
  status: 503,
  title: 'Many people are signing in just now',
  text: 'Your turn did not come in time. Nobody was signed in.',
  details: ['Try again in a moment.'],
  step: again,
};

const askForAnother = 'Ask an administrator for another one: the settings page and drumbeat sign-in-link make them.';

export const linkRefusals: Readonly<Record<LinkProblem, RefusalWords>> = {
  unknown: {
    status: 404,
    title: 'This link is not known',
    text: 'The end may be missing: copy the whole link into the address bar.',
    details: [askForAnother],
    step: others,
  },
  used: {
    status: 410,
    title: 'This link was used already',
    text: 'Each link works once.',
    details: [
      'If it was not you, tell an administrator: to revoke the link also signs out whoever used it.',
      askForAnother,
    ],
    step: others,
  },
  ended: {
    status: 410,
    title: 'This link has expired',
    text: 'Nobody opened the link in time.',
    details: [askForAnother],
    step: others,
  },
  revoked: {
    status: 410,
    title: 'This link was revoked',
    text: 'An administrator took the link back.',
    details: [askForAnother],
    step: others,
  },
  not_connected: {
    status: 409,
    title: 'The workspace of this link is not connected',
    text: 'Drumbeat was disconnected from the workspace, so there is nothing to open.',
    details: ['Ask an administrator to connect the workspace again: drumbeat connect.'],
    step: others,
  },
};

export const wrongLinksTooOften: RefusalWords = {
  status: 429,
  title: 'Too many wrong links were opened',
  text: 'Within a minute, many requests from your network address could not be verified.',
  details: ['A link that is right works at any time: its end may be missing in this one.', askForAnother],
  step: others,
};

/** Of a form that was not sent by a page of ours. */
export const foreignForm: RefusalWords = {
  status: 403,
  title: 'This did not come from a page of Drumbeat',
  text: 'Nothing was done.',
  details: ['Open Drumbeat, and press the button there.'],
  step: 'Open Drumbeat',
};

/** What there is not and what somebody may not see is answered alike. */
export const noRight: RefusalWords = {
  status: 403,
  title: 'This workspace is not open to you',
  text: 'The workspace is not connected, or you have no access as you are signed in now.',
  details: [
    'Ask an administrator of the workspace to let you in at Bitbucket, then sign in again; or ask for a sign-in link.',
  ],
  step: 'Sign in as somebody else',
};

export const noWorkspace: RefusalWords = {
  status: 403,
  title: 'No workspace is open to you',
  text: 'None that Drumbeat is connected to, as you are signed in now.',
  details: noRight.details,
  step: noRight.step,
};
