/** Names that columns speak of by number. */
export interface NamesAsText {
  /** Repository uuids with braces. */
  readonly systems: readonly string[];
  /** The slugs of each set of teams, in the order of text. */
  readonly teamSets: readonly (readonly string[])[];
}

/**
 * The names of a workspace's columns. Numbers are given once and never change, so all columns of a workspace, older
 * ones too, share one object that only grows.
 */
export class Names implements NamesAsText {
  readonly systems: string[] = [];
  readonly teamSets: (readonly string[])[] = [];
  readonly #systems = new Map<string, number>();
  readonly #teamSets = new Map<string, number>();

  constructor({ systems, teamSets }: NamesAsText = { systems: [], teamSets: [] }) {
    systems.forEach((uuid) => this.toSystem(uuid));
    teamSets.forEach((slugs) => this.toTeamSet(slugs));
  }

  /** The number of a repository; a new one for one not met before. */
  toSystem(uuid: string): number {
    return this.findSystem(uuid) ?? add(uuid, uuid, { numbers: this.#systems, names: this.systems });
  }

  /** `undefined`: no row is of it. */
  findSystem(uuid: string): number | undefined {
    return this.#systems.get(uuid);
  }

  /** The number of a set of slugs, which come each once, in the order of text. */
  toTeamSet(slugs: readonly string[]): number {
    const key = slugs.join(' ');
    return this.#teamSets.get(key) ?? add(key, slugs, { numbers: this.#teamSets, names: this.teamSets });
  }
}

function add<Name>(
  key: string,
  name: Name,
  { numbers, names }: { readonly numbers: Map<string, number>; readonly names: Name[] },
): number {
  numbers.set(key, names.length);
  names.push(name);
  return names.length - 1;
}
