import { groupValues } from '../../../domain/look-up';
import type { PageParameters } from '../../presentation/filter/page-filter';
import type { Links, PageName } from '../../routing/paths';

/** The page that a button was pressed on. */
export interface BackPage {
  readonly name: PageName;
  readonly parameters: PageParameters;
}

/** What an address must never bring with it. */
const notForPages = new Set(['session', 'jwt', 'format']);

const origin = 'http://page.invalid';

/** One of the given pages, by its address as we wrote it into the form; `null` for any other text. */
export function findBack(text: string | null, names: readonly PageName[], links: Links): BackPage | null {
  if (text === null || !text.startsWith('/') || !URL.canParse(text, origin)) return null;
  const address = new URL(text, origin);
  const name = names.find((one) => new URL(links.page(one), origin).pathname === address.pathname);
  if (name === undefined || address.origin !== origin) return null;
  return { name, parameters: groupValues([...address.searchParams].filter(([key]) => !notForPages.has(key))) };
}
