import type { Links } from '../../routing/paths';
import type { RowEditing } from '../rows/row-actions';
import { mayCorrect } from '../rows/row-editing';
import { toStored } from '../rows/row-seen';
import { buildOwnHref, type OpenedPage } from './page-context';
import type { PageRequest } from './page-dependencies';

/** What rows of this page need to be put right in their place; `null`: its reader may not. */
export function buildRowEditing(
  { caller, said }: PageRequest,
  {
    pageContext,
    own = {},
  }: { readonly pageContext: OpenedPage; readonly own?: Readonly<Record<string, string | null>> },
  links: Links,
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
