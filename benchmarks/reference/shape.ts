import { createChance, uuidOf, type Chance } from '../../simulator/world/random';

/*
 * The reference data set: the shape of a large workspace, from a fixed seed. What is drawn here knows nothing of the
 * product, so whoever computes independently may draw it as well.
 */

export const day = 86_400_000;
export const referenceDays = 1_095;
/** The end of the history, and when the process is asked, unless said otherwise. */
export const referenceNow = Date.UTC(2026, 10, 22, 12);

export interface ReferencePlan {
  /** Merged pull requests of the workspace. */
  readonly merges: number;
  /** Milliseconds; the last merge lies before it. */
  readonly now: number;
  /** Of several workspaces: which one, from 0. */
  readonly index: number;
}

export interface ReferencePerson {
  readonly uuid: string;
  readonly name: string;
  readonly isBot: boolean;
}

export interface ReferenceTeam {
  readonly slug: string;
  readonly name: string;
  /** Uuids. */
  readonly members: readonly string[];
}

export interface ReferenceRepository {
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
}

/** All but its merges. */
export interface ReferenceWorkspace extends ReferencePlan {
  readonly uuid: string;
  readonly slug: string;
  readonly repositories: readonly ReferenceRepository[];
  readonly people: readonly ReferencePerson[];
  readonly teams: readonly ReferenceTeam[];
  /** Slugs by uuid of the person, in the order of text. */
  readonly teamsOf: ReadonlyMap<string, readonly string[]>;
}

const counts = { repositories: 200, people: 2_000, bots: 10, teams: 40 };

export function drawWorkspace(plan: ReferencePlan): ReferenceWorkspace {
  const slug = `reference-${plan.merges}-${plan.index}`;
  const people = list(counts.people, (index) => drawPerson(slug, index));
  const teams = drawTeams(people, createChance(7 + plan.index));
  return {
    ...plan,
    uuid: uuidOf(`workspace ${slug}`),
    slug,
    repositories: list(counts.repositories, (index) => drawRepository(slug, index)),
    people,
    teams,
    teamsOf: listTeamsOf(teams),
  };
}

export function list<T>(length: number, draw: (index: number) => T): T[] {
  return Array.from({ length }, (_none, index) => draw(index));
}

function drawRepository(workspace: string, index: number): ReferenceRepository {
  const slug = `service-${String(index + 1).padStart(3, '0')}`;
  return { uuid: uuidOf(`${workspace}/${slug}`), slug, name: `Service ${index + 1}` };
}

function drawPerson(workspace: string, index: number): ReferencePerson {
  const isBot = index < counts.bots;
  return {
    uuid: uuidOf(`${workspace} person ${index}`),
    name: isBot ? `Robot ${index + 1}` : `Person ${index + 1 - counts.bots}`,
    isBot,
  };
}

/** From a dozen to some two hundred people; whoever works near one repository is in the same few teams. */
function drawTeams(people: readonly ReferencePerson[], chance: Chance): ReferenceTeam[] {
  return list(counts.teams, (index) => {
    const size = 12 + Math.floor(200 / (1 + (index % 8)));
    const first = chance.between(counts.bots, people.length - 1);
    const members = list(size, (at) => people[counts.bots + ((first + at) % (people.length - counts.bots))]);
    const name = `Team ${String(index + 1).padStart(2, '0')}`;
    return {
      slug: name.toLowerCase().replace(' ', '-'),
      name,
      members: members.flatMap((member) => member?.uuid ?? []),
    };
  });
}

function listTeamsOf(teams: readonly ReferenceTeam[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { slug, members } of teams) {
    for (const uuid of members) found.set(uuid, [...(found.get(uuid) ?? []), slug]);
  }
  return found;
}
