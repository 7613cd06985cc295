import type { ListedToken } from '../../../../administration/tokens';
import { buildField } from '../../../presentation/forms/field-view';
import { readTyped, type TypedForm } from '../../../presentation/forms/form-action';
import type { MessageView } from '../../../presentation/frame/state-view';
import { formatDateTime } from '../../../presentation/format/dates';
import { tokenForm } from './token-actions';
import type { MakerStanding } from './token-makers';
import { tokenWords } from './words';

const scopes = ['read', 'read_write'] as const;

interface TokensMaterial {
  readonly tokens: readonly ListedToken[];
  /** Of the makers of those in force, by the id of the token. */
  readonly standings: ReadonlyMap<string, MakerStanding>;
  readonly timezone: string;
}

/** The tokens of the API, never with themselves, and the form to make another. */
export function buildTokensView(material: TokensMaterial, typed: TypedForm | null) {
  const read = (name: string) => readTyped(typed, name);
  const problems = typed?.problems ?? {};
  return {
    warning: buildWarning(material),
    list: material.tokens.map((token) => buildToken(token, material)),
    name: buildField(tokenForm, problems, { name: 'name', label: tokenWords.fields.name, value: read('name') }),
    scope: buildField(tokenForm, problems, {
      name: 'scope',
      label: tokenWords.fields.scope,
      value: read('scope'),
      choices: scopes.map((value) => ({ value, text: tokenWords.scopes[value], isChosen: read('scope') === value })),
    }),
  };
}

/** `null`: whoever made those in force still administers the workspace, as far as that is known. */
function buildWarning({ tokens, standings }: TokensMaterial): MessageView | null {
  const count = tokens.filter(({ id }) => standings.get(id) === 'gone').length;
  if (count === 0) return null;
  return { tone: 'warning', title: tokenWords.goneTitle, text: tokenWords.gone(count), step: null };
}

function buildToken({ id, name, scope, createdAt, revokedAt, ...maker }: ListedToken, material: TokensMaterial) {
  const { standings, timezone } = material;
  const standing = standings.get(id) ?? null;
  return {
    id,
    name,
    scope: tokenWords.scopes[scope],
    created: formatDateTime(createdAt, timezone),
    maker: formatMaker(maker, standing),
    isMakerGone: standing === 'gone',
    revoked: revokedAt === null ? null : tokenWords.revoked(formatDateTime(revokedAt, timezone)),
  };
}

function formatMaker(
  { madeBy, makerName }: Pick<ListedToken, 'madeBy' | 'makerName'>,
  standing: MakerStanding | null,
): string {
  const words = tokenWords.maker;
  if (madeBy === null) return words.unknown;
  const isLink = !madeBy.startsWith('{');
  const name = makerName ?? (isLink ? words.nobody : madeBy);
  if (!isLink) return standing === 'gone' ? words.byGone(name) : words.by(name);
  return standing === 'gone' ? words.byRevokedLink(name) : words.byLink(name);
}
