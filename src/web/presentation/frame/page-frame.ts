import type { Links } from '../../routing/paths';

/** What surrounds a page: the head, the hidden session, where scripts and styles are. */
export interface PageFrame {
  readonly title: string;
  /** `null`: the browser's own preference. */
  readonly theme: 'light' | 'dark' | null;
  /** `null` on pages for nobody in particular. */
  readonly session: string | null;
  /** The present view without any token, for the history of the browser and the hidden form. */
  readonly address: string;
  /** Seconds after which the page is worth fetching again; `null`: never by itself. */
  readonly live: number | null;
  readonly hostScript: string | null;
  readonly stylesHref: string;
  readonly scriptHref: string;
  readonly chartsHref: string;
  readonly renewHref: string;
}

interface FrameParts {
  readonly title: string;
  readonly address: string;
  readonly session: string | null;
  readonly theme: PageFrame['theme'];
  readonly live?: number | null;
}

/** The host's script measures `ac-content` and tells Bitbucket how high the frame is. */
export function buildPageFrame(parts: FrameParts, links: Links, bitbucketUrl: string): PageFrame {
  return {
    live: null,
    ...parts,
    hostScript: `${bitbucketUrl}/atlassian-connect/all.js`,
    stylesHref: links.asset('built/app.css'),
    scriptHref: links.asset('built/app.js'),
    chartsHref: links.asset('built/charts.js'),
    renewHref: links.api('/session'),
  };
}

/** The same view with the theme that the address came with: a reload keeps it. */
export function withTheme(address: string, theme: PageFrame['theme']): string {
  return theme === null ? address : `${address}${address.includes('?') ? '&' : '?'}theme=${theme}`;
}

/** The theme that the address asks for; anything else leaves it to the browser. */
export function readTheme(value: string | undefined): PageFrame['theme'] {
  return value === 'light' || value === 'dark' ? value : null;
}
