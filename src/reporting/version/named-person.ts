import type { Person } from '../../domain/people/person';

/** A person as pages name one; `null` name: only the uuid is known. */
export type NamedPerson = Pick<Person, 'uuid' | 'displayName'>;

/** `null`: nobody. */
export function namePerson(uuid: string | null, people: ReadonlyMap<string, Person>): NamedPerson | null {
  return uuid === null ? null : { uuid, displayName: people.get(uuid)?.displayName ?? null };
}
