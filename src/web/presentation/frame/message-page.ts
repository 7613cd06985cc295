import type { QueryProblem } from '../../../reporting/filter/delivery-filter';
import type { PageAnswer } from './page-dependencies';
import { showPage } from './show-page';
import type { LinkView } from '../format/links';
import { formatCounted } from '../format/numbers';

/** A page that only says something: what happened and the one next step. */
export interface MessagePageView {
  readonly title: string;
  readonly text: string;
  readonly details: readonly string[];
  readonly step: LinkView | null;
}

/** A value of the address that cannot be used, named; with a way back to the page without it. */
export function buildBadRequest(problems: readonly QueryProblem[], href: string): PageAnswer {
  const view: MessagePageView = {
    title: 'This view cannot be shown',
    text: 'Something in the address of this page cannot be used:',
    details: [...problems.slice(0, mostNamed).map(formatProblemText), ...formatOthers(problems.length - mostNamed)],
    step: { href, text: 'Show the page with its usual filters' },
  };
  return showPage('message', view, { address: href, live: null, status: 400 });
}

const mostNamed = 20;

function formatOthers(count: number): string[] {
  return count > 0 ? [`And ${formatCounted(count, 'more value')} of the same address.`] : [];
}

/** A hostile value can be long: its beginning is enough to find it. */
function formatProblemText({ name, value, message }: QueryProblem): string {
  const isLong = value.length > 60;
  return `${name} "${isLong ? `${value.slice(0, 60)}…` : value}": ${message}`;
}

export const messagePages = {
  'session-ended': {
    title: 'This page has to be opened from Bitbucket again',
    text: 'The page was open for a long time, or the address was opened outside of Bitbucket. Nothing is lost.',
    details: [
      'Go back to Bitbucket and open Drumbeat there; with JavaScript the page comes back by itself while its session lasts.',
    ],
    step: null,
  },
  'clocks-differ': {
    title: 'The clocks of Bitbucket and Drumbeat differ',
    text: 'Bitbucket signed this address at a time that is still to come for Drumbeat, so the address cannot be trusted. Nothing is lost.',
    details: [
      'Tell whoever runs Drumbeat to check the clock of its machine: it is behind by more than two minutes.',
      'Then open the page from Bitbucket again.',
    ],
    step: null,
  },
  'administrators-only': {
    title: 'Settings are for administrators',
    text: 'Bitbucket says that you do not administer this workspace. Only its administrators see and change the settings of Drumbeat.',
    details: [
      'Ask one of them: Bitbucket lists the administrators in the workspace settings, under user groups.',
      'The numbers are for everybody: open Drumbeat from the workspace or from a repository.',
    ],
    step: null,
  },
  stranger: {
    title: 'Bitbucket did not say who you are',
    text: 'This page is for members of the workspace, and Bitbucket named nobody when it opened it.',
    details: [
      'Sign in to Bitbucket, and open Drumbeat from the workspace again.',
      'If that does not help, an administrator of the workspace gives Drumbeat access to accounts in Bitbucket, under installed apps.',
    ],
    step: null,
  },
  'no-right': {
    title: 'You do not have access to this workspace',
    text: 'Bitbucket named no permission of yours in this workspace when you signed in.',
    details: ['Ask an administrator for permission to read a repository, then sign in again.'],
    step: null,
  },
  'rights-closed': {
    title: 'The numbers are for administrators here',
    text: 'Bitbucket does not tell Drumbeat which repositories you may read. For that case the administrators of this workspace chose that only they see the numbers.',
    details: ['Ask one of them: they can show the numbers to everybody in the settings of Drumbeat, under viewers.'],
    step: null,
  },
  'rights-unknown': {
    title: 'Your permissions have to be read again',
    text: 'Which repositories you may read was asked of Bitbucket too long ago, and there is no new answer yet. Nothing is lost.',
    details: ['Inside Bitbucket, open the page again in a minute.', 'In a window of its own, sign in again.'],
    step: null,
  },
  unavailable: {
    title: 'This cannot be shown just now',
    text: 'The database of Drumbeat cannot be used at the moment. Nothing is lost.',
    details: [
      'Try again in a moment.',
      'If this lasts, tell whoever runs Drumbeat: the log says why, and so does the address /readyz.',
    ],
    step: null,
  },
  'not-found': {
    title: 'There is nothing here',
    text: 'What you asked for is not there, or it belongs to another workspace.',
    details: ['Open Drumbeat from the workspace or the repository you want to see.'],
    step: null,
  },
  'too-much': {
    title: 'Too many pages at once',
    text: 'You asked for more pages at once than Drumbeat makes for one person. Nothing is lost.',
    details: ['Wait half a minute, then open the page again.', 'A shorter range is made sooner.'],
    step: null,
  },
  'refused-often': {
    title: 'Too many requests without permission',
    text: 'Within a minute, many requests from your address could not be verified, so Drumbeat answers no others of that kind for now.',
    details: ['Open the page from Bitbucket again: whoever Bitbucket names is let in at any time.'],
    step: null,
  },
} as const satisfies Record<string, MessagePageView>;

/** Our own mistake: the request id leads to it in the log. */
export function buildErrorView(requestId: string): MessagePageView {
  return {
    title: 'Drumbeat made a mistake',
    text: 'This page could not be made. You did nothing wrong, and nothing is lost.',
    details: ['Try again in a moment.', `If that happens again, tell whoever runs Drumbeat this request: ${requestId}`],
    step: null,
  };
}
