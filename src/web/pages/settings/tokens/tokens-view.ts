import type { ListedToken } from '../../../../administration/tokens';
import { buildField } from '../../../presentation/forms/field-view';
import { readTyped, type TypedForm } from '../../../presentation/forms/form-action';
import type { MessageView } from '../../../presentation/frame/state-view';
import { formatDateTime } from '../../../presentation/format/dates';
import { tokenForm } from './token-actions';
import type { MakerStanding } from './token-makers';

const scopes = [
  ['read', 'Read'],
  ['read_write', 'Read and write'],
] as const;

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
    name: buildField(tokenForm, problems, { name: 'name', label: 'Name of the token', value: read('name') }),
    scope: buildField(tokenForm, problems, {
      name: 'scope',
      label: 'May',
      value: read('scope'),
      choices: scopes.map(([value, text]) => ({ value, text, isChosen: read('scope') === value })),
    }),
  };
}

/** `null`: whoever made those in force still administers the workspace, as far as that is known. */
function buildWarning({ tokens, standings }: TokensMaterial): MessageView | null {
  const count = tokens.filter(({ id }) => standings.get(id) === 'gone').length;
  if (count === 0) return null;
  const what = count === 1 ? 'One token was made by somebody who is' : `${count} tokens were made by people who are`;
  const text = `${what} no administrator any more. They read all numbers as before, and change nothing: revoke what nobody needs.`;
  return { tone: 'warning', title: 'Tokens of somebody who left', text, step: null };
}

function buildToken({ id, name, scope, createdAt, revokedAt, ...maker }: ListedToken, material: TokensMaterial) {
  const { standings, timezone } = material;
  const standing = standings.get(id) ?? null;
  return {
    id,
    name,
    scope: scope === 'read' ? 'Read' : 'Read and write',
    created: formatDateTime(createdAt, timezone),
    maker: formatMaker(maker, standing),
    isMakerGone: standing === 'gone',
    revoked: revokedAt === null ? null : formatDateTime(revokedAt, timezone),
  };
}

function formatMaker(
  { madeBy, makerName }: Pick<ListedToken, 'madeBy' | 'makerName'>,
  standing: MakerStanding | null,
): string {
  if (madeBy === null) return 'By whom is not known: made before that was kept';
  const isLink = !madeBy.startsWith('{');
  const name = makerName ?? (isLink ? 'nobody named' : madeBy);
  if (!isLink) return standing === 'gone' ? `By ${name}, who is no administrator any more` : `By ${name}`;
  const by = `With the sign-in link for ${name}`;
  return standing === 'gone' ? `${by}, which is revoked` : by;
}
