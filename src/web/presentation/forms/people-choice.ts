import type { Choice } from '../filter/filter-view';

/** Somebody of the workspace, as forms offer them. */
export interface KnownPerson {
  readonly uuid: string;
  readonly displayName: string | null;
}

/** More than these are not all listed at once: the rest is found by name. */
const mostListedPeople = 200;

/** Everybody as a box to tick; of very many those already ticked, and those whose name holds what is searched for. */
export function buildPeopleChoice(known: readonly KnownPerson[], chosen: readonly string[], search: string) {
  const people = [...known, ...findStrangers(known, chosen)];
  if (people.length <= mostListedPeople) {
    return { choices: buildChoices(people, chosen, people), search: null, hint: null };
  }
  const wanted = search.trim().toLowerCase();
  const isFound = ({ uuid, displayName }: KnownPerson) =>
    chosen.includes(uuid) || (wanted !== '' && (displayName ?? uuid).toLowerCase().includes(wanted));
  const found = people.filter(isFound).toSorted(compareByChoice(chosen));
  const listed = found.slice(0, mostListedPeople);
  const more = found.length > listed.length ? ' Others were found too: type a longer part of the name.' : '';
  return {
    choices: buildChoices(listed, chosen, people),
    // A box to search by name is there when not everybody can be listed.
    search,
    hint: `${listed.length} of ${people.length} people are listed: those already ticked and those found by name.${more}`,
  };
}

/** Before a list is cut short: those ticked are never cut off. */
function compareByChoice(chosen: readonly string[]): (a: KnownPerson, b: KnownPerson) => number {
  const isChosen = new Set(chosen);
  return (a, b) =>
    Number(isChosen.has(b.uuid)) - Number(isChosen.has(a.uuid)) ||
    compare(a.displayName ?? a.uuid, b.displayName ?? b.uuid);
}

/** Chosen once, and known no longer: they stay on the list, or saving would drop them unasked. */
function findStrangers(known: readonly KnownPerson[], chosen: readonly string[]): KnownPerson[] {
  const uuids = new Set(known.map(({ uuid }) => uuid));
  return chosen.filter((uuid) => !uuids.has(uuid)).map((uuid) => ({ uuid, displayName: null }));
}

/** Several people may have one name, all who have left Bitbucket for one: those are told apart by their uuids. */
export function formatPersonName(uuid: string, people: readonly KnownPerson[]): string {
  const name = people.find((person) => person.uuid === uuid)?.displayName ?? null;
  if (name === null) {
    return uuid;
  }
  const isShared = people.filter(({ displayName }) => displayName === name).length > 1;
  return isShared ? `${name} ${uuid.slice(0, 9)}…` : name;
}

function buildChoices(
  listed: readonly KnownPerson[],
  chosen: readonly string[],
  all: readonly KnownPerson[],
): Choice[] {
  return sortChoices(
    listed.map(({ uuid }) => ({ value: uuid, text: formatPersonName(uuid, all), isChosen: chosen.includes(uuid) })),
  );
}

const { compare } = new Intl.Collator('en', { numeric: true });

/** What is chosen first, both parts by name as people sort names: "Änne" beside "Anne", "Person 9" before "Person 10". */
export function sortChoices(choices: readonly Choice[]): Choice[] {
  return choices.toSorted((a, b) => Number(b.isChosen) - Number(a.isChosen) || compare(a.text, b.text));
}
