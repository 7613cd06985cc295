import { toHostScript, type Links } from '../../routing/paths';

/** `null`: the browser's own preference. */
type Theme = 'light' | 'dark' | null;

interface FrameParts {
  readonly title: string;
  /** The present view without any token, for the history of the browser and the hidden form. */
  readonly address: string;
  /** `null` on pages for nobody in particular. */
  readonly session: string | null;
  readonly theme: Theme;
  /** Which repositories its reader sees, where that needs a word. */
  readonly sight?: string | null;
  /** Seconds after which the page is worth fetching again; without: never by itself. */
  readonly live?: number | null;
  /** Above a page in our own window; without: inside Bitbucket's frame. */
  readonly bar?: BarView | null;
}

/** The top bar of our own window. */
export interface BarView {
  readonly homeHref: string;
  readonly workspace: {
    readonly name: string;
    readonly others: string | null;
    readonly settings: string | null;
  } | null;
  /** As they are called who are signed in; `null`: nobody is. */
  readonly account: string | null;
  readonly signOut: string | null;
  readonly signIn: string | null;
}

/**
 * What surrounds a page: the head, the hidden session, where scripts and styles are. The host's script measures
 * `ac-content` and tells Bitbucket how high the frame is.
 */
export function buildPageFrame(parts: FrameParts, links: Links, bitbucketUrl: string) {
  return {
    ...parts,
    // There is no host to talk to in a window of our own.
    hostScript: (parts.bar ?? null) === null ? toHostScript(bitbucketUrl) : null,
    stylesHref: links.asset('built/app.css'),
    scriptHref: links.asset('built/app.js'),
    chartsHref: links.asset('built/charts.js'),
    renewHref: links.api('/session'),
  };
}

/** The same view with the theme that the address came with: a reload keeps it. */
export function withTheme(address: string, theme: Theme): string {
  return theme === null ? address : `${address}${address.includes('?') ? '&' : '?'}theme=${theme}`;
}

/** The theme that the address asks for; anything else leaves it to the browser. */
export function readTheme(value: string | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : null;
}
