import { createChance, type Chance } from '../../simulator/world/random';
import { day, list, referenceDays, type ReferenceRepository, type ReferenceWorkspace } from './shape';

export interface ReferenceCommit {
  readonly hash: string;
  readonly authoredAt: number;
}

export interface ReferenceActivity {
  readonly kind: 'update' | 'comment' | 'approval';
  readonly at: number;
  /** Uuid. */
  readonly actor: string;
  /** Of a comment: its id in the repository. */
  readonly id: number;
}

export interface ReferenceMerge {
  readonly repository: ReferenceRepository;
  readonly number: number;
  readonly title: string;
  readonly sourceBranch: string;
  readonly destinationBranch: 'main';
  /** Uuid. */
  readonly author: string;
  readonly openedAt: number;
  readonly mergedAt: number;
  /** Newest first, as Bitbucket lists them. */
  readonly commits: readonly ReferenceCommit[];
  /** Slugs. */
  readonly teams: readonly string[];
  readonly activities: readonly ReferenceActivity[];
  readonly linesAdded: number;
  readonly linesRemoved: number;
}

/** What is drawn before there is a number. */
interface Sketch {
  readonly mergedAt: number;
  readonly openedAt: number;
  /** Milliseconds from its middle commit to the merge. */
  readonly lead: number;
  readonly reverts: Sketch | null;
  readonly isHotfix: boolean;
  number: number;
}

const hour = 3_600_000;
/** Of a week that begins on Thursday, as the epoch does: how many of a hundred merges fall on the day. */
const weekdays = [20, 16, 1, 1, 19, 21, 22];

/** The merges of a workspace, a repository after the other, each in the order of numbers. */
export function* drawMerges(workspace: ReferenceWorkspace): Generator<ReferenceMerge> {
  const times = drawTimes(workspace);
  for (const [index, repository] of workspace.repositories.entries()) {
    const chance = createChance(1_000 * (workspace.index + 1) + index);
    const sketches = sketchMerges(times[index] ?? new Float64Array(), chance);
    for (const sketch of sketches) yield drawMerge(sketch, { workspace, repository, index, chance });
  }
}

/** The moments of the merges, by repository: Zipf over these, few on weekends, most in working hours of UTC. */
function drawTimes({ merges, now, repositories, index }: ReferenceWorkspace): Float64Array[] {
  const chance = createChance(20_261_122 + index);
  const weights = list(repositories.length, (rank) => 1 / (rank + 1));
  const ofRepository = createWeighted(weights);
  const first = Math.floor(now / day) - referenceDays;
  const ofDay = createWeighted(list(referenceDays, (at) => weekdays[(first + at) % 7] ?? 1));
  const owners = new Uint16Array(merges).map(() => ofRepository(chance));
  const sizes = list(repositories.length, () => 0);
  for (const owner of owners) sizes[owner] = (sizes[owner] ?? 0) + 1;
  const times = sizes.map((size) => new Float64Array(size));
  for (const owner of owners) {
    const inDay = Math.min(Math.max(chance.next() + chance.next() + chance.next(), 0.3), 2.9) / 3;
    const place = (sizes[owner] ?? 0) - 1;
    sizes[owner] = place;
    const own = times[owner];
    if (own !== undefined) own[place] = Math.floor((first + ofDay(chance)) * day + inDay * day);
  }
  return times.map((own) => own.sort());
}

/** Draws indices by weight. */
function createWeighted(weights: readonly number[]): (chance: Chance) => number {
  let sum = 0;
  const sums = Float64Array.from(weights, (weight) => (sum += weight));
  return (chance) => {
    const wanted = chance.next() * sum;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Numbered by their opening, as Bitbucket does. */
function sketchMerges(times: Float64Array, chance: Chance): Sketch[] {
  const sketches: Sketch[] = [];
  for (const mergedAt of times) {
    const kind = chance.next();
    const before = kind < 0.04 ? sketches[sketches.length - chance.between(1, 20)] : undefined;
    sketches.push(before === undefined ? sketchChange(mergedAt, kind, chance) : sketchRevert(mergedAt, before, chance));
  }
  sketches.sort((one, other) => one.openedAt - other.openedAt || one.mergedAt - other.mergedAt);
  sketches.forEach((sketch, at) => (sketch.number = at + 1));
  return sketches;
}

function sketchRevert(mergedAt: number, reverts: Sketch, chance: Chance): Sketch {
  const lead = Math.min(chance.logNormal(2 * hour, 1), mergedAt - reverts.mergedAt);
  return { mergedAt, openedAt: Math.floor(mergedAt - lead), lead, reverts, isHotfix: false, number: 0 };
}

function sketchChange(mergedAt: number, kind: number, chance: Chance): Sketch {
  const isHotfix = kind < 0.08;
  const lead = chance.logNormal(isHotfix ? 4 * hour : 2 * day, 1.1);
  const openedAt = Math.floor(mergedAt - lead * (0.2 + 0.8 * chance.next()));
  return { mergedAt, openedAt, lead, reverts: null, isHotfix, number: 0 };
}

interface Place {
  readonly workspace: ReferenceWorkspace;
  readonly repository: ReferenceRepository;
  readonly index: number;
  readonly chance: Chance;
}

function drawMerge(sketch: Sketch, place: Place): ReferenceMerge {
  const { workspace, repository, chance } = place;
  const { number, openedAt, mergedAt } = sketch;
  const author = pickPerson(place);
  return {
    ...{ repository, number, ...nameMerge(sketch), destinationBranch: 'main', author, openedAt, mergedAt },
    commits: drawCommits(sketch, chance),
    teams: workspace.teamsOf.get(author) ?? [],
    activities: drawActivities(sketch, author, place),
    linesAdded: Math.ceil(chance.logNormal(40, 1.2)),
    linesRemoved: Math.floor(chance.logNormal(15, 1.2)),
  };
}

function nameMerge({ number, reverts, isHotfix }: Sketch): { readonly title: string; readonly sourceBranch: string } {
  if (reverts !== null) {
    return { title: `Revert "Change ${reverts.number}"`, sourceBranch: `revert-pr-${reverts.number}` };
  }
  const name = `${isHotfix ? 'hotfix' : 'feature'}/REF-${number}`;
  return { title: `REF-${number}: ${isHotfix ? 'Mend' : 'Change'} ${number}`, sourceBranch: name };
}

/** Some sixty people work on a repository, a few of them most. */
function pickPerson({ workspace, index, chance }: Place): string {
  const { people } = workspace;
  const one = people[(index * 37 + Math.floor(chance.next() ** 2 * 60)) % people.length];
  return one?.uuid ?? '';
}

/** One to seven, whole seconds as in Git; spread around the lead time of the change. */
function drawCommits({ mergedAt, lead }: Sketch, chance: Chance): ReferenceCommit[] {
  const ages = list(chance.between(1, 7), () => lead * (0.3 + 1.4 * chance.next())).sort((one, other) => one - other);
  return ages.map((age) => ({
    hash: drawHash(chance),
    authoredAt: Math.floor((mergedAt - age) / 1000) * 1000,
  }));
}

function drawHash(chance: Chance): string {
  let hash = '';
  for (let part = 0; part < 5; part += 1) {
    hash += Math.floor(chance.next() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  }
  return hash;
}

/** The opening and the merge, up to two comments, one or two approvals by somebody else. */
function drawActivities({ number, openedAt, mergedAt }: Sketch, author: string, place: Place): ReferenceActivity[] {
  const { chance } = place;
  const drawAt = (): number => Math.floor(openedAt + (mergedAt - openedAt) * chance.next());
  const comments = list(chance.between(0, 2), (at) => ({
    ...{ kind: 'comment' as const, at: drawAt(), actor: pickPerson(place), id: number * 10 + at },
  }));
  const reviewers = new Set(list(chance.between(1, 2), () => pickPerson(place)));
  reviewers.delete(author);
  const approvals = [...reviewers].map((actor) => ({ kind: 'approval' as const, at: drawAt(), actor, id: 0 }));
  const update = (at: number): ReferenceActivity => ({ kind: 'update', at, actor: author, id: 0 });
  return [update(openedAt), ...comments, ...approvals, update(mergedAt)];
}
