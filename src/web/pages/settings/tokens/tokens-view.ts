import type { ListedToken } from '../../../../administration/tokens';
import { buildField, type FieldView } from '../../../presentation/forms/field-view';
import type { TypedForm } from '../../../presentation/forms/form-action';
import { readOne } from '../../../presentation/filter/page-parameters';
import { formatDateTime } from '../../../presentation/format/dates';
import { tokenForm } from './token-actions';

export interface TokensView {
  readonly list: readonly TokenView[];
  readonly name: FieldView;
  readonly scope: FieldView;
}

export interface TokenView {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly created: string;
  /** `null`: still good. */
  readonly revoked: string | null;
}

const scopes = [
  ['read', 'Read'],
  ['read_write', 'Read and write'],
] as const;

/** The tokens of the API, never with themselves, and the form to make another. */
export function buildTokensView(tokens: readonly ListedToken[], typed: TypedForm | null, timezone: string): TokensView {
  const read = (name: string) => (typed === null ? '' : (readOne(typed.parameters, name) ?? ''));
  const problems = typed?.problems ?? {};
  return {
    list: tokens.map((token) => buildToken(token, timezone)),
    name: buildField(tokenForm, problems, { name: 'name', label: 'Name of the token', value: read('name') }),
    scope: buildField(tokenForm, problems, {
      name: 'scope',
      label: 'May',
      value: read('scope'),
      choices: scopes.map(([value, text]) => ({ value, text, isChosen: read('scope') === value })),
    }),
  };
}

function buildToken({ id, name, scope, createdAt, revokedAt }: ListedToken, timezone: string): TokenView {
  return {
    id,
    name,
    scope: scope === 'read' ? 'Read' : 'Read and write',
    created: formatDateTime(createdAt, timezone),
    revoked: revokedAt === null ? null : formatDateTime(revokedAt, timezone),
  };
}
