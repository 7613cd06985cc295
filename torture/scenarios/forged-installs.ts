import { openDatabase } from '../../src/store/open-database';
import { createChance } from '../../simulator/world/random';
import { toAnyScenario, type Outcome, type Run } from '../support/scenario';
import { startAttackedProduct, writeInstall, type Answered, type AttackedProduct } from '../support/attacked-product';
import {
  connect,
  install,
  makeTenant,
  notifyFor,
  toPercentile,
  untilLive,
  type Notified,
} from '../support/genuine-notices';

type Size = 'installs';

const attacker = '127.0.0.2';
const senders = 20;
const liveWithinMs = 60_000;
const longestNoticeMs = 1_000;
const mostPending = 200;
const [connected, inTheMiddle, fromTheSameAddress] = [makeTenant(1), makeTenant(2), makeTenant(3)];

/** Installs that anybody makes up, with genuine ones among them. */
export const forgedInstalls = toAnyScenario<Size>({
  name: 'forged-installs',
  promise: 'Forged installs keep no genuine one out, cost Bitbucket one question a second, and leave nothing behind.',
  usual: { installs: 3_000 },
  run,
});

async function run({ seed, sizes }: Run<Size>): Promise<Outcome> {
  const product = await startAttackedProduct();
  try {
    await connect(product, connected);
    const exchanges = watchExchanges(product);
    const attack = forge(product, { seed, count: sizes.installs });
    const beside = await notifyFor(product, connected, attack);
    const { forged, genuine } = await attack;
    const after = await installAndWait(product, fromTheSameAddress, attacker);
    const found = { forged, genuine: [genuine.answer, after.answer], live: [genuine.seconds, after.seconds], beside };
    return judge({ ...found, ...exchanges.end(), left: await readLeft(product) });
  } finally {
    await product.stop();
  }
}

interface Attack {
  readonly forged: readonly Answered[];
  readonly genuine: Installed;
}

/** All at once; when half of them are sent, a genuine one comes from elsewhere. */
async function forge(product: AttackedProduct, { seed, count }: { seed: number; count: number }): Promise<Attack> {
  const chance = createChance(seed);
  const forged: Answered[] = [];
  const half = createMoment();
  const genuine = half.reached.then(() => installAndWait(product, inTheMiddle));
  let sent = 0;
  const sendOn = async (): Promise<void> => {
    while (sent < count) {
      sent += 1;
      if (sent === Math.ceil(count / 2)) half.reach();
      const tenant = makeTenant(1_000 + Math.floor(chance.next() * 900_000));
      forged.push(await product.post({ path: '/connect/installed', body: writeInstall(tenant), from: attacker }));
    }
  };
  await Promise.all(Array.from({ length: senders }, sendOn));
  half.reach();
  return { forged, genuine: await genuine };
}

function createMoment(): { readonly reach: () => void; readonly reached: Promise<void> } {
  let reach = (): void => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  return { reach: () => reach(), reached };
}

interface Installed {
  readonly answer: Answered;
  readonly seconds: number | null;
}

async function installAndWait(
  product: AttackedProduct,
  tenant: ReturnType<typeof makeTenant>,
  from?: string,
): Promise<Installed> {
  const answer = await install(product, tenant, from);
  const begun = performance.now();
  try {
    await untilLive(product, tenant, liveWithinMs);
    return { answer, seconds: (performance.now() - begun) / 1000 };
  } catch {
    return { answer, seconds: null };
  }
}

interface Exchanges {
  readonly exchanges: number;
  readonly seconds: number;
}

function watchExchanges({ bitbucket }: AttackedProduct): { end: () => Exchanges } {
  const count = (): number => bitbucket.asked.filter((asked) => asked.endsWith('/site/oauth2/access_token')).length;
  const [before, begun] = [count(), performance.now()];
  return { end: () => ({ exchanges: count() - before, seconds: (performance.now() - begun) / 1000 }) };
}

interface Left {
  readonly pending: number;
  /** Rows that name a workspace nobody has connected. */
  readonly strange: number;
}

async function readLeft({ databaseUrl }: AttackedProduct): Promise<Left> {
  const database = await openDatabase({ url: databaseUrl });
  try {
    const genuine = [connected, inTheMiddle, fromTheSameAddress].map(({ workspace }) => workspace);
    const count = async (sql: string): Promise<number> =>
      (await database.read<{ name: string }>(sql, [])).filter(({ name }) => name !== '*' && !genuine.includes(name))
        .length;
    return {
      pending: await count('SELECT id AS name FROM pending_installs'),
      strange:
        (await count('SELECT workspace AS name FROM jobs')) +
        (await count('SELECT workspace AS name FROM connections')) +
        (await count('SELECT uuid AS name FROM workspaces')),
    };
  } finally {
    await database.close();
  }
}

interface Found extends Exchanges {
  readonly forged: readonly Answered[];
  readonly genuine: readonly Answered[];
  /** Seconds until each genuine one was live. */
  readonly live: readonly (number | null)[];
  readonly beside: Notified;
  readonly left: Left;
}

/** Genuine connections ask for tokens of their own, a few in all. */
const ownExchanges = 10;

function judge({ forged, genuine, live, beside, exchanges, seconds, left }: Found): Outcome {
  const kept = genuine.filter(({ status }) => status !== 204).length;
  const lost = beside.answers.filter(({ status }) => status !== 204).length;
  const late = toPercentile(beside.answers, 0.99);
  const rules: readonly (readonly [boolean, string])[] = [
    [kept > 0, `Genuine installs were answered ${genuine.map(({ status }) => status ?? 'never').join(', ')}.`],
    [live.includes(null), `A genuine install was not live within ${liveWithinMs / 1000} s.`],
    [lost > 0, `${lost} of ${beside.answers.length} genuine notices were not answered 204.`],
    [late > longestNoticeMs, `One in a hundred notices took ${late} ms or more.`],
    [exchanges > seconds + ownExchanges, `${exchanges} questions to Bitbucket in ${Math.round(seconds)} s.`],
    [left.pending > mostPending, `${left.pending} installs wait.`],
    [left.strange > 0, `${left.strange} rows name workspaces that nobody has connected.`],
  ];
  return {
    figures: {
      'forged answered': forged.filter(({ status }) => status === 204).length,
      'a second': Math.round((forged.length / seconds) * 10) / 10,
      'live after': live.map((one) => (one === null ? 'never' : `${Math.round(one * 10) / 10} s`)).join(' and '),
      exchanges: `${exchanges} in ${Math.round(seconds)} s`,
      'left pending': left.pending,
      'strange rows': left.strange,
      'notices p99': `${late} ms`,
      'notices lost': `${lost} of ${beside.answers.length}`,
    },
    broken: rules.filter(([isBroken]) => isBroken).map(([, sentence]) => sentence),
  };
}
