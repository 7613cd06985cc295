import { deliverNotice, type SimulatorNotice } from '../../../simulator/connect/deliver-notice';
import { deliverToHooks } from '../../../simulator/hooks/deliver-to-hooks';
import { createChance } from '../../../simulator/world/random';
import type { Workspace } from '../../../simulator/world/model';
import type { FixedClock } from '../fixed-clock';
import { askBySession } from '../recorded/ask-product';
import { listAddresses } from '../recorded/ask-everything';
import { settle } from '../situation/due-work';
import { live } from '../product/live-days';
import { createMixedWorld, mixedNow } from '../product/mixed-world';
import { createApiCaller } from '../product/start-product';
import { startTokenProduct, type TokenProduct } from '../product/start-token-product';

export interface Twin {
  readonly product: TokenProduct;
  readonly workspace: Workspace;
  /** The session of a page that Bitbucket shows in its frame. */
  openFramedPage(): Promise<string>;
  /** Lets everything be done that is due by the clock. */
  settle(): Promise<void>;
}

/** Compared only where a test says so: what no notice told is to stay lost. */
const reconcileMinutes = 10_080;

/** A product that is installed as a Connect app, its history read; the same each time. */
export async function startTwin(clock: FixedClock): Promise<Twin> {
  const world = createMixedWorld({ seed: 13, pullRequests: 5 });
  const product = await startTokenProduct({
    ...{ world, clock, environment: { RECONCILE_MINUTES: String(reconcileMinutes) } },
  });
  const { simulator, app, stores } = product;
  const framed = createApiCaller(simulator, () => app.url);
  const twin: Twin = {
    product,
    workspace: simulator.room.findWorkspace(undefined),
    openFramedPage: () => framed.openPage('workspace'),
    settle: () => settle({ stores, clock, app }, 25_000),
  };
  await simulator.install(app.url);
  await product.untilImported(25_000);
  await twin.settle();
  return twin;
}

export const livedRepositories = ['merge-commit-1', 'squash-2', 'rebase-4'];

/** What happens in the hours before now, as it is told: the same in every twin. */
export function happen({ product, workspace }: Twin, from: number, pullRequests: number): SimulatorNotice[] {
  const people = [...workspace.people.keys()].slice(0, 8);
  const seed = Math.floor(from / 60_000) % 1_000;
  return [...live(product.simulator, { repositories: livedRepositories, people, pullRequests, from, seed })].flat();
}

/** A tenth come twice, and most of them somewhat out of order. */
export function disturb(notices: readonly SimulatorNotice[], seed: number): SimulatorNotice[] {
  const chance = createChance(seed);
  const all = notices.flatMap((notice) => (chance.happens(0.1) ? [notice, notice] : [notice]));
  const placed = all.map((notice, index) => ({ notice, at: index + chance.between(0, 9) }));
  return placed.sort((one, other) => one.at - other.at).map(({ notice }) => notice);
}

const patience = { retryDelayMs: 0, answerWithinMs: 10_000 };

/** The status that was answered; `null`: the app is not told of it. */
async function tellApp({ product, workspace }: Twin, notice: SimulatorNotice): Promise<number | null> {
  const { simulator } = product;
  const installation = simulator.installations.get(workspace.uuid);
  return (await deliverNotice(installation, notice, { ...patience, clock: simulator.clock })).status;
}

async function tellHooks({ workspace }: Twin, notice: SimulatorNotice): Promise<(number | null)[]> {
  return (await deliverToHooks(workspace, notice, patience)).map(({ status }) => status);
}

/** Of Connect's notices there is none such: `repo:push` tells the same, but for branches of forks. */
const toldToHooksAlone = 'pullrequest:push';

/** Through the Connect app alone. */
export async function tellAppAlone(twin: Twin, notices: readonly SimulatorNotice[]): Promise<(number | null)[]> {
  const statuses: (number | null)[] = [];
  for (const notice of notices) statuses.push(await tellApp(twin, notice));
  return statuses;
}

/** Through the webhooks alone. */
export async function tellHooksAlone(twin: Twin, notices: readonly SimulatorNotice[]): Promise<(number | null)[]> {
  const statuses: (number | null)[] = [];
  for (const notice of notices) statuses.push(...(await tellHooks(twin, notice)));
  return statuses;
}

/** By every way there is; gives the events of those that nobody took, beside those of which hooks alone are told. */
export async function tell(twin: Twin, notices: readonly SimulatorNotice[]): Promise<string[]> {
  const lost: string[] = [];
  for (const notice of notices) {
    const statuses = [await tellApp(twin, notice), ...(await tellHooks(twin, notice))];
    const isSent = statuses.some((status) => status !== null);
    if (isSent && !statuses.includes(204) && notice.eventKey !== toldToHooksAlone) lost.push(notice.eventKey);
  }
  return lost;
}

/**
 * The first addresses ask every route for all there is; of the others, which narrow it down, each fifth is asked, with
 * `EVERY=1` each. Odd, so that JSON and CSV take turns.
 */
const every = Number(process.env['EVERY'] ?? 5);
const ofEverything = 20;

/** The answers by their address, without what each run gives another value. */
export async function askAll(
  { product, workspace }: Twin,
  { clock, isAsked = () => true }: { readonly clock: FixedClock; readonly isAsked?: (address: string) => boolean },
): Promise<Map<string, string>> {
  const bitbucketUrl = product.simulator.url;
  const ask = await askBySession({ product, clock, workspace: workspace.uuid, bitbucketUrl });
  const teams = workspace.groups.filter(({ memberUuids }) => memberUuids.length > 1).map(({ slug }) => slug);
  const found = new Map<string, string>();
  const addresses = listAddresses({ teams: [...teams, 'by-hand'].sort() });
  const asked = addresses.filter((_address, at) => at < ofEverything || at % every === 0);
  for (const address of asked.filter(isAsked)) {
    const { status, text } = await ask(address);
    found.set(address, `${status} ${text.replaceAll(product.app.url, '')}`);
  }
  return found;
}

/** The addresses whose answers differ. */
export function findDifferent(one: Map<string, string>, other: Map<string, string>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((address) => one.get(address) !== other.get(address));
}

/** How often lists of pull requests were asked for, of all repositories together. */
export function countLists({ product }: Twin): number {
  return product.simulator.requests.countByRoute()['2.0/repositories/:workspace/:repository/pullrequests'] ?? 0;
}

/** Of the history that was imported: which requests read a pull request of it again, by what the simulator wrote down. */
export function listRead({ product, workspace }: Twin): string[] {
  const ofHistory = new Set(
    [...workspace.repositories.values()].flatMap(({ uuid, slug, pullRequests }) =>
      [...pullRequests.values()]
        .filter(({ createdAt }) => createdAt < mixedNow)
        .flatMap(({ id }) => [uuid, slug].map((name) => `${name}/pullrequests/${id}`)),
    ),
  );
  const single = /\/([^/]+\/pullrequests\/\d+)(?:[/?]|$)/u;
  const paths = product.simulator.requests.entries.map(({ path }) => decodeURIComponent(path));
  return paths.filter((path) => ofHistory.has(single.exec(path)?.[1] ?? ''));
}
