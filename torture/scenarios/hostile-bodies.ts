import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { toAnyScenario, type Outcome, type Run } from '../support/scenario';
import { startAttackedProduct, type Answered, type AttackedProduct } from '../support/attacked-product';
import { connect, makeTenant, notifyFor, toPercentile, type Notified } from '../support/genuine-notices';
import { endless, sendOn, slowBody, slowHead, type Ended } from '../support/hostile-senders';

type Size = 'attackSeconds' | 'slowSenders';

/** What is promised of a notice while anybody sends what they like. */
const longestNoticeMs = 1_000;
const mostMemory = 512 * 1024 * 1024;
/** A body may take 30 seconds, and is looked after every few. */
const cutWithinMs = 40_000;
const besides = 4;
const installed = '/connect/installed';
const acme = makeTenant(1);

/** Bodies that are too deep, too large, too slow or no text, from anybody, beside genuine notices. */
export const hostileBodies = toAnyScenario<Size>({
  name: 'hostile-bodies',
  promise:
    'Whatever anybody sends is refused or cut, memory stays bounded, and genuine notices are answered meanwhile.',
  usual: { attackSeconds: 10, slowSenders: 60 },
  run,
});

async function run({ sizes }: Run<Size>): Promise<Outcome> {
  const product = await startAttackedProduct();
  try {
    await connect(product, acme);
    const alone = await notifyFor(product, acme, pause(2_000));
    const sending = sendDeep(product, sizes.attackSeconds * 1_000);
    const deep = await notifyFor(product, acme, sending);
    const statuses = await sendOnce(product);
    const slow = startSlow(product, sizes.slowSenders);
    const beside = await notifyFor(product, acme, slow);
    const hostile = (await sending).length;
    return judge({ alone, deep, beside, statuses, slow: await slow, hostile });
  } finally {
    await product.stop();
  }
}

/** Too long, and just short enough to be read. */
const deepBodies = [Buffer.alloc(253_000, '['), Buffer.alloc(32_000, '[')];

async function sendDeep(product: AttackedProduct, forMs: number): Promise<Answered[]> {
  const until = performance.now() + forMs;
  const answers: Answered[] = [];
  const sendOnAndOn = async (body: Buffer): Promise<void> => {
    while (performance.now() < until) answers.push(await product.post({ path: installed, body, from: '127.0.0.2' }));
  };
  const senders = Array.from(
    { length: besides },
    (_, index) => deepBodies[index % deepBodies.length] ?? Buffer.alloc(0),
  );
  await Promise.all(senders.map(sendOnAndOn));
  return answers;
}

function startSlow(product: AttackedProduct, count: number): Promise<Ended[]> {
  const kinds = [slowHead(cutWithinMs), slowBody(cutWithinMs), endless(cutWithinMs)];
  return Promise.all(
    Array.from({ length: count }, (_, index) => sendOn(product, kinds[index % kinds.length] ?? slowHead(cutWithinMs))),
  );
}

const deepJson = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
const bomb = gzipSync(Buffer.alloc(50_000_000, 32));
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const settings = '/pages/settings';

/** What is sent once, and with what it has to be answered. */
const singles: readonly (readonly [string, Parameters<AttackedProduct['post']>[0], readonly number[]])[] = [
  ['10 MB to the installs', { path: installed, body: Buffer.alloc(10_000_000, 32) }, [413]],
  ['10 MB to the notices', { path: '/connect/notices', body: Buffer.alloc(10_000_000, 32) }, [401]],
  ['10 MB to an unknown key', { path: '/notices/unknown', body: Buffer.alloc(10_000_000, 32) }, [401]],
  ['10 MB to the API', { path: '/api/v1/session', body: Buffer.alloc(10_000_000, 32) }, [401]],
  ['10 MB of a form', { path: settings, body: Buffer.alloc(10_000_000, 65), headers: form }, [413]],
  ['2,000 fields', { path: settings, body: 'a=b&'.repeat(2_000), headers: form }, [413]],
  ['20 KB of depth', { path: installed, body: '['.repeat(20_000) }, [400]],
  ['100,000 levels', { path: installed, body: deepJson }, [400, 413]],
  ['bad UTF-8', { path: installed, body: Buffer.from('{"a":"\xff"}', 'latin1') }, [400]],
  ['50 MB in a small gzip', { path: installed, body: bomb, headers: { 'content-encoding': 'gzip' } }, [413]],
];

async function sendOnce(product: AttackedProduct): Promise<string[]> {
  const wrong: string[] = [];
  for (const [what, sent, allowed] of singles) {
    const { status } = await product.post({ ...sent, from: '127.0.0.3' });
    if (status === null || !allowed.includes(status)) wrong.push(`${what}: ${status ?? 'no answer'}`);
  }
  return wrong;
}

interface Found {
  readonly alone: Notified;
  readonly deep: Notified;
  readonly beside: Notified;
  /** What was sent once and not answered as it should be. */
  readonly statuses: readonly string[];
  readonly slow: readonly Ended[];
  /** How many deep bodies were answered. */
  readonly hostile: number;
}

function judge({ alone, deep, beside, statuses, slow, hostile }: Found): Outcome {
  const memory = Math.max(deep.memory, beside.memory);
  const answers = [...deep.answers, ...beside.answers];
  const lost = answers.filter(({ status }) => status !== 204).length;
  const late = toPercentile(deep.answers, 0.99);
  const uncut = slow.filter(({ isCut }) => !isCut).length;
  const longest = Math.max(0, ...slow.map(({ seconds }) => seconds));
  const rules: readonly (readonly [boolean, string])[] = [
    [lost > 0, `${lost} of ${answers.length} genuine notices were not answered 204.`],
    [late > longestNoticeMs, `Beside deep JSON one in a hundred notices took ${late} ms or more.`],
    [statuses.length > 0, `Answered otherwise than they should be: ${statuses.join('; ')}.`],
    [uncut > 0, `${uncut} slow senders were not cut within ${cutWithinMs / 1000} s.`],
    [memory > mostMemory, `Memory rose to ${toMegabytes(memory)}.`],
  ];
  return {
    figures: {
      'hostile posts': hostile,
      notices: answers.length,
      'notices lost': lost,
      'p99 alone': `${toPercentile(alone.answers, 0.99)} ms`,
      'p99 beside deep JSON': `${late} ms`,
      'longest beside deep JSON': `${toPercentile(deep.answers, 1)} ms`,
      'p99 beside slow senders': `${toPercentile(beside.answers, 0.99)} ms`,
      'slow senders cut': `${slow.length - uncut} of ${slow.length}, the last after ${Math.round(longest)} s`,
      'most memory': toMegabytes(memory),
    },
    broken: rules.filter(([isBroken]) => isBroken).map(([, sentence]) => sentence),
  };
}

function toMegabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}
