import type { Links } from '../../routing/paths';

/** A way to another page or another view of this one. The address never holds a token. */
export interface LinkView {
  readonly href: string;
  readonly text: string;
  /** Opened in the whole window: Bitbucket's own pages, and in our own window what a session does not open. */
  readonly isOutside?: boolean;
}

/**
 * Where settings are opened: a session of another page does not open them, so the browser asks for them anew. Inside
 * Bitbucket's frame they have their place among Bitbucket's own.
 */
export function formatSettingsHref(
  links: Links,
  { bitbucketUrl, slug }: { readonly bitbucketUrl: string; readonly slug: string },
): string {
  return links.isOwnWindow ? links.page('settings') : `${bitbucketUrl}/${encodeURIComponent(slug)}/workspace/settings`;
}
