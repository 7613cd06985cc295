import type { Person } from '../../domain/people/person';
import { pickColumns, selectList } from '../database/table';
import { people, type PersonRow } from '../schema/people';

const fields = ['displayName', 'accountId', 'type'] as const;

/** A row with what is known of the person that it names, all `null` without one. */
export type WithPerson<Row> = Row & { readonly [Field in (typeof fields)[number]]: PersonRow[Field] | null };

/** The select list of a person that is joined as `person`. */
export const selectPerson = selectList(pickColumns(people, fields), 'person');

export function toPerson(uuid: string | null, { displayName, accountId, type }: WithPerson<object>): Person | null {
  return uuid === null ? null : { uuid, displayName, accountId, type: type ?? 'user' };
}
