import type { WorkspaceVersion } from './workspace-version';
import type { Person } from '../../domain/people/person';

/** A person as pages name one; `null` name: only the uuid is known. */
export type NamedPerson = Pick<Person, 'uuid' | 'displayName'>;

/** `null`: nobody. */
export function namePerson(uuid: string | null, people: ReadonlyMap<string, Person>): NamedPerson | null {
  return uuid === null ? null : { uuid, displayName: people.get(uuid)?.displayName ?? null };
}

/** Whoever wrote something, people or not. */
export interface NamedAuthor extends NamedPerson {
  /** What this account does counts as nobody's. */
  readonly isBot: boolean;
}

export function nameAuthor({ known }: Pick<WorkspaceVersion, 'known'>, uuid: string | null): NamedAuthor | null {
  const person = namePerson(uuid, known.people);
  return person && { ...person, isBot: known.ignored.has(person.uuid) };
}
