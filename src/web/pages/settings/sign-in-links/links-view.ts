import type { SignInLink } from '../../../../doors/own-window';
import { buildField } from '../../../presentation/forms/field-view';
import { readTyped, type TypedForm } from '../../../presentation/forms/form-action';
import { formatDateTime } from '../../../presentation/format/dates';
import { linkForm, validities } from './link-actions';
import { linkWords } from './words';

interface LinkContext {
  readonly now: number;
  readonly timezone: string;
}

/** The links into our own window, never with their secrets, and the form to make another. */
export function buildLinksView(links: readonly SignInLink[], typed: TypedForm | null, context: LinkContext) {
  const problems = typed?.problems ?? {};
  const chosen = readTyped(typed, 'valid');
  return {
    list: links.map((link) => buildLink(link, context)),
    name: buildField(linkForm, problems, {
      name: 'link_name',
      label: linkWords.fields.name,
      value: readTyped(typed, 'link_name'),
    }),
    valid: buildField(linkForm, problems, {
      name: 'valid',
      label: linkWords.fields.valid,
      value: chosen,
      choices: Object.entries(validities).map(([value, { text }]) => ({ value, text, isChosen: value === chosen })),
    }),
  };
}

function buildLink(link: SignInLink, context: LinkContext) {
  const { id, name, isAdministrator, madeAt } = link;
  return {
    id,
    name: name ?? linkWords.nobody,
    sees: isAdministrator ? linkWords.seesAllAsAdministrator : linkWords.seesAll,
    made: formatDateTime(madeAt, context.timezone),
    ...describeState(link, context),
  };
}

function describeState({ usedAt, revokedAt, validUntil }: SignInLink, { now, timezone }: LinkContext) {
  const { status } = linkWords;
  if (revokedAt !== null) return { state: status.revoked(formatDateTime(revokedAt, timezone)), canRevoke: false };
  // Whoever came in with it may still be signed in: to revoke it ends that as well.
  if (usedAt !== null) return { state: status.used(formatDateTime(usedAt, timezone)), canRevoke: true };
  if (now >= validUntil) return { state: status.ended(formatDateTime(validUntil, timezone)), canRevoke: false };
  return { state: status.open(formatDateTime(validUntil, timezone)), canRevoke: true };
}
