import type { CheckRow } from '../routing/web-dependencies';
import { buildCheckView, canConnect } from './check-view';

interface FirstPageParts {
  readonly isConnected: boolean;
  readonly check: readonly CheckRow[];
  /** The public address of the callback, for the OAuth consumer. */
  readonly callbackUrl: string;
}

/**
 * What an installation shows to whoever opens it while nobody can sign in by themselves: how to connect a workspace,
 * whether it worked, and how to let people in. `acme` stands for a short name everywhere: no real one is told here.
 */
export function buildFirstPageView(parts: FirstPageParts) {
  return parts.isConnected ? buildConnected(parts) : buildUnconnected(parts);
}

function buildUnconnected({ check }: FirstPageParts) {
  return {
    title: 'Connect your workspace',
    intro:
      'Drumbeat reads pull requests and deployments from Bitbucket and changes nothing in your repositories. You need a token and about ten minutes; a long history is read while pages already work.',
    steps: buildSteps(canConnect(check) ? 2 : 1),
    check: buildCheckView(check),
    ways: null,
  };
}

/** A check that is past tells nobody anything who is not signed in. */
function buildConnected({ callbackUrl }: FirstPageParts) {
  return {
    title: 'A workspace is connected',
    intro:
      'The history is being read. Pages work meanwhile and say how far back they go. Nobody can sign in yet: let the first administrator in.',
    steps: buildSteps(3),
    check: null,
    ways: { callbackUrl },
  };
}

const steps = [
  {
    title: 'Check what a token can read',
    text: 'Only the result of the check is saved. Paste the token when asked; it never appears on the command line. Put the short name of your workspace, as in its address, in the place of acme.',
    command: 'npx drumbeat connect acme --dry-run',
  },
  {
    title: 'Connect',
    text: 'Starts the import. Pages work while it runs and say how far back they go.',
    command: 'npx drumbeat connect acme',
  },
  {
    title: 'Open the first page',
    text: 'Prints a link for the first administrator. The link works once and for 15 minutes.',
    command: 'npx drumbeat sign-in-link acme --administrator',
  },
];

/** `now`: the number of the step that is next; those before are done. */
function buildSteps(now: number) {
  return steps.map((step, index) => ({
    ...step,
    number: index + 1,
    isDone: index + 1 < now,
    isNow: index + 1 === now,
  }));
}
