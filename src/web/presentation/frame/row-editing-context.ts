import type { Links } from '../../routing/paths';
import { toStored, type RowEditing } from '../rows/row-actions';
import { mayCorrect } from '../rows/row-editing';
import { buildOwnHref, type OpenedPage } from './page-context';
import type { PageRequest } from './page-dependencies';

/** What rows of this page need to be put right in their place; `null`: its reader may not. */
export function buildRowEditing(
  { caller, said }: PageRequest,
  pageContext: OpenedPage,
  links: Links,
  own: Readonly<Record<string, string | null>> = {},
): RowEditing | null {
  if (!mayCorrect(caller.sight)) return null;
  return {
    action: links.page('corrections'),
    back: buildOwnHref(pageContext, own),
    timezone: pageContext.timezone,
    stored: toStored(pageContext.snapshot),
    said: said ?? null,
  };
}
