import type { ImportStatus } from '../../../src/ingestion/progress/import-status';
import type { StaticToken } from '../../../simulator/access/static-token';
import type { SimulatorNotice } from '../../../simulator/connect/deliver-notice';
import { createFixedClock, type FixedClock } from '../fixed-clock';
import { putRight } from '../recorded/story';
import { mixedNow } from '../product/mixed-world';
import { askAll, disturb, findDifferent, happen, startTwin, tell, type Twin } from './twins';

const hour = 3_600_000;
const day = 24 * hour;

/** What is told to each of two twins of the same hours. */
export interface Told {
  readonly ofStill: SimulatorNotice[];
  readonly ofMoved: SimulatorNotice[];
}

export interface DoorChange {
  readonly make: () => Promise<unknown>;
  /** Tells what comes after the change; gives what was answered to each. */
  readonly afterwards: (twin: Twin, notices: readonly SimulatorNotice[]) => Promise<(number | null)[]>;
}

/** Two workspaces of the same life, imported and put right by hand: one stays as it is, the other one changes doors. */
export interface TwinStory {
  readonly clock: FixedClock;
  readonly still: Twin;
  readonly moved: Twin;
  /** Of the moved one: an API token that was made before it moved. */
  readonly key: string;
  /** Hours in which the same happens in both, and nobody is told of it yet. */
  pass(hours: number): Told;
  /** Hours of which the still one is told in order, the other one twice and out of order; fails where one is refused. */
  liveOn(hours: number): Promise<void>;
  /** The door changes in the middle of what is told; the events that nobody took. */
  changeDoor(told: Told, change: DoorChange): Promise<{ lost: string[]; afterwards: (number | null)[] }>;
  connect(token: StaticToken): Promise<unknown>;
  disconnect(backToConnect: boolean): Promise<unknown>;
  /** Whether the API of the moved one answers to this session or API token. */
  isOpen(session: string): Promise<boolean>;
  listStates(): Promise<Record<string, string>>;
  /** The addresses of numbers, of whatever teams, at which the two differ now. */
  findDifferentNumbers(): Promise<string[]>;
  /** Lets both be compared with Bitbucket at the same instant, and asks each for everything. */
  askBoth(): Promise<readonly [Map<string, string>, Map<string, string>]>;
  countNotices(): Promise<ImportStatus['notices'][]>;
  close(): Promise<void>;
}

export async function startTwins(): Promise<TwinStory> {
  const clock = createFixedClock(mixedNow + day);
  const [still, moved] = await Promise.all([startTwin(clock), startTwin(clock)]);
  for (const { product, workspace } of [still, moved]) {
    await putRight({ product, clock, workspace: workspace.uuid });
    product.simulator.requests.clear();
  }
  const made = { workspace: moved.workspace.uuid, name: 'board', scope: 'read', now: clock.now() } as const;
  const { token: key } = await moved.product.stores.apiTokens.create(made);
  const pair = { clock, still, moved };
  return {
    ...{ ...pair, key },
    ...createLife(pair),
    ...createDoors(moved),
    ...createQuestions(pair),
    async close() {
      await Promise.all([still.product.close(), moved.product.close()]);
    },
  };
}

type Pair = Pick<TwinStory, 'clock' | 'still' | 'moved'>;
export type Doors = Pick<TwinStory, 'connect' | 'disconnect' | 'isOpen' | 'listStates'>;

function createLife({ clock, still, moved }: Pair): Pick<TwinStory, 'pass' | 'liveOn' | 'changeDoor'> {
  const settleBoth = () => Promise.all([still.settle(), moved.settle()]);
  const pass = (hours: number): Told => {
    const from = clock.now();
    clock.advance(hours * hour);
    return { ofStill: happen(still, from, hours), ofMoved: happen(moved, from, hours) };
  };
  return {
    pass,
    async liveOn(hours) {
      const { ofStill, ofMoved } = pass(hours);
      const lost = [...(await tell(still, ofStill)), ...(await tell(moved, disturb(ofMoved, hours)))];
      if (lost.length > 0) throw new Error(`Refused: ${lost.join(', ')}.`);
      await settleBoth();
    },
    async changeDoor({ ofStill, ofMoved }, change) {
      const most = Math.floor((ofMoved.length * 2) / 3);
      const telling = tell(moved, ofMoved.slice(0, most));
      await change.make();
      moved.product.app.kick();
      const lost = await telling;
      const statuses = await change.afterwards(moved, ofMoved.slice(most));
      lost.push(...(await tell(still, ofStill)));
      await settleBoth();
      return { lost, afterwards: [...new Set(statuses.filter((status) => status !== null))] };
    },
  };
}

/** What an operator does with one of them, and whether it is open. */
export function createDoors({ product, workspace }: Twin): Doors {
  const { connections, stores, app } = product;
  const workspaceName = workspace.slug;
  return {
    async connect({ secret: token, email }) {
      const terms = { repositories: null, expiresAt: null, withHook: true };
      const { outcome, hook } = await connections.connect({ ...terms, workspaceName, token, email });
      app.kick();
      return { outcome, hook: hook?.result };
    },
    disconnect: (backToConnect) => connections.disconnect({ workspaceName, backToConnect }),
    isOpen: async (session) => (await product.api('/metrics/accelerate', { session })).status === 200,
    async listStates() {
      const all = await stores.connections.list(workspace.uuid);
      return Object.fromEntries(all.map(({ kind, status }) => [kind, status]));
    },
  };
}

function createQuestions(pair: Pair): Pick<TwinStory, 'findDifferentNumbers' | 'askBoth' | 'countNotices'> {
  const { clock, still, moved } = pair;
  // Teams apart: a token of the workspace is not told its groups. The last comparison was at another instant.
  const isAsked = (address: string): boolean => /^\/api\/v1\/metrics(?!.*(team|csv))/u.test(address);
  const askNumbers = async (twin: Twin) => {
    const answers = [...(await askAll(twin, { clock, isAsked }))];
    return new Map(answers.map(([address, text]) => [address, text.replace(/"verified_at":"[^"]+"/u, '')]));
  };
  return {
    findDifferentNumbers: async () => findDifferent(await askNumbers(still), await askNumbers(moved)),
    async askBoth() {
      clock.advance(8 * day);
      await Promise.all([still.settle(), moved.settle()]);
      return [await askAll(still, { clock }), await askAll(moved, { clock })];
    },
    countNotices: () =>
      Promise.all([still, moved].map(async ({ product }) => (await product.get<ImportStatus>('/import')).notices)),
  };
}
