import type { ListedToken } from '../../../../administration/tokens';
import { buildField } from '../../../presentation/forms/field-view';
import { readTyped, type TypedForm } from '../../../presentation/forms/form-action';
import { formatDateTime } from '../../../presentation/format/dates';
import { tokenForm } from './token-actions';

const scopes = [
  ['read', 'Read'],
  ['read_write', 'Read and write'],
] as const;

/** The tokens of the API, never with themselves, and the form to make another. */
export function buildTokensView(tokens: readonly ListedToken[], typed: TypedForm | null, timezone: string) {
  const read = (name: string) => readTyped(typed, name);
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

function buildToken({ id, name, scope, createdAt, revokedAt }: ListedToken, timezone: string) {
  return {
    id,
    name,
    scope: scope === 'read' ? 'Read' : 'Read and write',
    created: formatDateTime(createdAt, timezone),
    revoked: revokedAt === null ? null : formatDateTime(revokedAt, timezone),
  };
}
