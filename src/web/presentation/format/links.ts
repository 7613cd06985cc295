import type { Snapshot } from '../../../reporting/snapshot';
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
 * Bitbucket's frame they have their place among Bitbucket's own, whose address takes no section: there the settings
 * open with what needs attention.
 */
export function formatSettingsHref(
  links: Links,
  { bitbucketUrl, slug }: { readonly bitbucketUrl: string; readonly slug: string },
  section: string | null = null,
): string {
  return links.isOwnWindow
    ? links.page('settings', { section })
    : `${bitbucketUrl}/${encodeURIComponent(slug)}/workspace/settings`;
}

/** The slug under which Bitbucket's own pages of the workspace are found; they take the uuid as well. */
export function findSlug({ workspace: { slug, uuid } }: Pick<Snapshot, 'workspace'>): string {
  return slug === '' ? uuid : slug;
}
