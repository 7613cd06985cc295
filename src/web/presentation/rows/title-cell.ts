import type { SystemName } from '../../../reporting/answers/choices';
import type { CellParts, RowContext, TitledView, WhoView } from './row-cell';
import { formatInBitbucket, rowTexts } from './words';

/** A pull request as a row names it. */
interface Titled {
  readonly system: SystemName;
  readonly id: string | number;
  /** `null`: not known. */
  readonly title: string | null;
  readonly url: string;
  readonly about?: readonly string[];
  readonly isLeftOut?: boolean;
  /** Its page; left out: its time line. */
  readonly href?: string | null;
}

/** Title first, then "#407", the repository and whatever else tells one row from the next. */
export function buildTitled(
  { system, id, title, url, about = [], isLeftOut = false, href }: Titled,
  { toTimeLineHref }: Pick<RowContext, 'toTimeLineHref'>,
): TitledView {
  const text = title === null || title.trim() === '' ? `${system.name} #${id}` : title;
  return {
    ...{ text, isLeftOut },
    link: { href: href ?? toTimeLineHref(system.uuid, id), text },
    bitbucket: { href: url, text: `#${id}`, name: formatInBitbucket(id) },
    about: [system.name, ...about],
  };
}

interface Named {
  readonly displayName: string | null;
  readonly isBot?: boolean;
}

export function formatAuthor(author: Named | null): string {
  return author === null ? rowTexts.unknownAuthor : (author.displayName ?? rowTexts.deletedAccount);
}

export function buildWhoCell(author: Named | null): CellParts {
  if (author === null) return { text: rowTexts.notKnown, isQuiet: true, reason: rowTexts.unknownAuthor };
  const who: WhoView = {
    initials: formatInitials(author.displayName),
    name: formatAuthor(author),
    note: author.isBot === true ? rowTexts.bot : null,
  };
  return { who };
}

/** "Ada Lovelace" gives "AL", "tess" gives "TE"; of a name without letters nothing can be made. */
export function formatInitials(name: string | null): string {
  const words = (name ?? '').match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = words.length > 1 ? words.slice(0, 2).map((word) => Array.from(word)[0] ?? '') : [words[0] ?? ''];
  const initials = Array.from(letters.join('')).slice(0, 2).join('').toUpperCase();
  return initials === '' ? '?' : initials;
}

const issueKey = /(?<![\p{L}\p{N}_])[A-Z][A-Z0-9]{1,19}-\d{1,9}(?![\p{L}\p{N}_])/gu;
const mostKeys = 3;

/** The keys of issues in a title, or else in the branch, each once, as written: "ACME-7012". */
export function listIssueKeys(title: string | null, branch: string | null = null): string[] {
  const inTitle = title?.match(issueKey) ?? [];
  return [...new Set(inTitle.length > 0 ? inTitle : (branch?.match(issueKey) ?? []))].slice(0, mostKeys);
}
