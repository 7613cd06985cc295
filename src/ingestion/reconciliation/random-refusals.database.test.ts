import { BitbucketUnavailable, Forbidden, NotFoundInBitbucket, UnreadablePayload } from '../../bitbucket/client/errors';
import { createChance, uuidOf, type Chance } from '../../../simulator/world/random';
import { aWorkspaceUuid as workspace, anInstant, day, hour, minute } from '../../../test/support/builders';
import type { FakeQuestion } from '../../../test/support/fakes/fake-api';
import { aReconciliation, startFakeWork, type FakeWork } from '../../../test/support/fakes/fake-work';

/*
 * `SEEDS`, `REPOSITORIES` and `CYCLES` make it longer.
 */
const seeds = Array.from({ length: Number(process.env['SEEDS'] ?? 1) }, (_, index) => index + 1);
const repositories = Number(process.env['REPOSITORIES'] ?? 5);
const cycles = Number(process.env['CYCLES'] ?? 36);

const failures = [
  new Forbidden('any'),
  new BitbucketUnavailable({ status: 503, reason: 'status 503' }),
  new BitbucketUnavailable({ status: null, reason: 'time-out' }),
  new UnreadablePayload({ eventKey: null, problems: ['values'] }),
];
const failuresOfLists = [...failures, new NotFoundInBitbucket('any')];

interface Merge {
  readonly uuid: string;
  readonly number: number;
  /** When Bitbucket began to show it; it says itself that it was up to five minutes before. */
  readonly shownAt: number;
}

/** A workspace in which merges happen and no notice is sent, before a Bitbucket that refuses by chance. */
class Weather {
  readonly merges: Merge[] = [];
  /** When each repository last showed its pull requests. */
  readonly shownAt = new Map<string, number>();
  #refused = new Map<string, Error>();
  /** One repository that is refused for longer than a day. */
  readonly #longRefused: { readonly uuid: string; readonly from: number; readonly to: number };

  constructor(
    private readonly work: FakeWork,
    private readonly chance: Chance,
  ) {
    for (let index = 1; index <= repositories; index += 1) this.addRepository(index);
    const from = anInstant + chance.between(2, 4) * hour;
    this.#longRefused = { uuid: uuidOf('repository 1'), from, to: from + 28 * hour };
    work.api.refuse = (question) => this.#answer(question);
  }

  addRepository(index: number): void {
    const uuid = uuidOf(`repository ${index}`);
    this.work.api.addRepository(uuid, `repository-${index}`);
    this.shownAt.set(uuid, this.work.clock.now());
    this.merge(uuid);
  }

  merge(uuid: string): void {
    const shownAt = this.work.clock.now();
    const at = shownAt - this.chance.between(0, 5) * minute;
    const number = this.work.api.openPullRequest(uuid, at - hour);
    this.work.api.mergePullRequest(uuid, number, at);
    this.merges.push({ uuid, number, shownAt });
  }

  /** What is refused from now on. */
  change(): void {
    const kinds = ['getPullRequest', 'getRepository', 'getCommit', 'listPullRequestCommits'];
    this.#refused = new Map();
    for (const uuid of this.work.api.repositories.keys()) {
      if (this.chance.happens(0.3)) this.#refused.set(`listPullRequests ${uuid}`, this.chance.pick(failuresOfLists));
      for (const kind of kinds) {
        if (this.chance.happens(0.15)) this.#refused.set(`${kind} ${uuid}`, this.chance.pick(failures));
      }
    }
    if (this.chance.happens(0.25)) this.#refused.set('listRepositories null', this.chance.pick(failuresOfLists));
  }

  clear(): void {
    this.#refused.clear();
  }

  #answer(question: FakeQuestion): Error | null {
    const { method, repository } = question;
    const error = this.#refused.get(`${method} ${String(repository)}`) ?? null;
    if (method !== 'listPullRequests' || repository === null) return error;
    if (this.#isRefusedForLong(repository)) return new Forbidden('pull_requests');
    if (error === null) this.shownAt.set(repository, this.work.clock.now());
    return error;
  }

  #isRefusedForLong(repository: string): boolean {
    const { uuid, from, to } = this.#longRefused;
    const now = this.work.clock.now();
    return repository === uuid && now >= from && now < to;
  }
}

/** What is known as merged stays known: it is not looked up again. */
const isKnown = new WeakSet<Merge>();

/** Known as merged, or sure to be asked for. */
async function isInHand({ stores }: FakeWork, merge: Merge): Promise<boolean> {
  if (isKnown.has(merge)) return true;
  const { uuid, number } = merge;
  const stored = await stores.pullRequests.get(workspace, uuid, number);
  if (stored !== null && stored.mergeRecordedAt !== null) isKnown.add(merge);
  const key = `${uuid}/${number}`;
  return isKnown.has(merge) || (await stores.jobs.find({ workspace, kind: 'read-pull-request', key })) !== null;
}

/** What was merged up to the moment that the workspace calls compared, and nobody knows of. */
async function findUnknown(work: FakeWork, { merges, shownAt }: Weather, verifiedAt: number): Promise<Merge[]> {
  const unknown: Merge[] = [];
  const isExcused = (uuid: string) => work.clock.now() - (shownAt.get(uuid) ?? 0) >= day;
  for (const merge of merges) {
    if (merge.shownAt >= verifiedAt || isExcused(merge.uuid)) continue;
    if (!(await isInHand(work, merge))) unknown.push(merge);
  }
  return unknown;
}

async function live(work: FakeWork, weather: Weather, chance: Chance): Promise<void> {
  let before = 0;
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    weather.change();
    if (cycle % 12 === 5) weather.addRepository(100 + cycle);
    for (let quarter = 0; quarter < 4; quarter += 1) {
      for (const uuid of work.api.repositories.keys()) if (chance.happens(0.2)) weather.merge(uuid);
      await work.pass(aReconciliation / 4);
      const verifiedAt = (await work.verifiedAt()) ?? 0;
      expect(verifiedAt).toBeGreaterThanOrEqual(before);
      expect(verifiedAt).toBeLessThanOrEqual(work.clock.now());
      expect(await findUnknown(work, weather, verifiedAt)).toEqual([]);
      before = verifiedAt;
    }
  }
}

it.each(seeds)(
  'whatever is refused meanwhile, nothing is called compared that is not, and in the end every merge is found (seed %d)',
  async (seed) => {
    const work = await startFakeWork();
    const chance = createChance(seed);
    const weather = new Weather(work, chance);
    await work.connect();
    await live(work, weather, chance);
    weather.clear();
    await work.pass(3 * aReconciliation);

    const recorded = async ({ uuid, number }: Merge) =>
      (await work.stores.pullRequests.get(workspace, uuid, number))?.mergeRecordedAt ?? null;
    const lost = [];
    for (const merge of weather.merges) if ((await recorded(merge)) === null) lost.push(merge);
    expect(lost).toEqual([]);
    expect(weather.merges.length).toBeGreaterThan(cycles);
    expect(await work.verifiedAt()).toBeGreaterThan(work.clock.now() - 2 * aReconciliation);
    expect((await work.status()).problems).toEqual([]);
    await work.close();
  },
);
