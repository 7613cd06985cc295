import { Turns, type NoTurn, type Pace, type Turn } from './turns';

/** Time that goes by when the test says so. */
function createPace(): Pace & { pass(milliseconds: number): Promise<void> } {
  let now = 0;
  const waiting = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    now: () => now,
    later(milliseconds, run) {
      const one = { at: now + milliseconds, run };
      waiting.add(one);
      return () => void waiting.delete(one);
    },
    async pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
        if (next === undefined) break;
        waiting.delete(next);
        now = next.at;
        next.run();
        await Promise.resolve();
      }
      now = end;
    },
  };
}

const isTurn = (found: Turn | NoTurn): found is Turn => 'end' in found;

/** Takes turns and says what became of them, in order. */
function createTaker(turns: Turns) {
  const begun: Turn[] = [];
  const refused: number[] = [];
  const take = async (name: string) => {
    const found = await turns.take(name);
    if (isTurn(found)) begun.push(found);
    else refused.push(found.secondsToWait);
  };
  return { begun, refused, take };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test('few answers of one caller are made at once, the others wait, and nobody else waits for them', async () => {
  const turns = new Turns(createPace());
  const { begun, refused, take } = createTaker(turns);
  for (let count = 0; count < 70; count += 1) void take('one');
  void take('other');
  await settle();
  // Four of the one, and the other.
  expect([begun.length, refused]).toEqual([5, Array.from({ length: 6 }, () => 1)]);
  begun[0]?.end();
  begun[0]?.end();
  await settle();
  expect(begun).toHaveLength(6);
  for (let turn = 0; turn < begun.length; turn += 1) {
    begun[turn]?.end();
    await settle();
  }
  expect([begun.length, refused.length]).toEqual([65, 6]);
});

test('what waits too long is refused, and its place is free again', async () => {
  const pace = createPace();
  const { begun, refused, take } = createTaker(new Turns(pace));
  for (let count = 0; count < 6; count += 1) void take('one');
  await settle();
  await pace.pass(10_000);
  await settle();
  expect([begun.length, refused]).toEqual([4, [1, 1]]);
  for (const turn of begun) turn.end();
  await take('one');
  expect(begun).toHaveLength(5);
});

test('a caller who keeps the process busy gets all of it while nobody else asks, and then half', async () => {
  const pace = createPace();
  const turns = new Turns(pace);
  const work = async (name: string) => {
    const asked = pace.now();
    const taking = turns.take(name);
    await settle();
    await pace.pass(0);
    // Where it has to wait for its turn, time goes by.
    for (let waited = 0; waited < 100 && !(await isSettled(taking)); waited += 1) await pace.pass(100);
    const turn = await taking;
    const begunAt = pace.now();
    await pace.pass(1_000);
    if (isTurn(turn)) turn.end();
    return begunAt - asked;
  };
  let waited = 0;
  for (let count = 0; count < 90; count += 1) waited += await work('busy');
  expect(waited).toBe(0);
  const other = await turns.take('other');
  for (let count = 0; count < 20; count += 1) waited += await work('busy');
  expect(waited).toBeGreaterThan(5_000);
  expect(waited).toBeLessThan(25_000);
  if (isTurn(other)) other.end();
  expect(await work('other')).toBe(0);
  expect(await work('busy')).toBe(0);
  await pace.pass(120_000);
  expect(await work('busy')).toBe(0);
});

async function isSettled(taking: Promise<unknown>): Promise<boolean> {
  const pending = {};
  return (await Promise.race([taking, settle().then(() => pending)])) !== pending;
}

test('time that several share is shared among them', async () => {
  const pace = createPace();
  const turns = new Turns(pace);
  for (let round = 0; round < 25; round += 1) {
    const taken = await Promise.all(['a', 'b', 'c', 'd'].map((name) => turns.take(name)));
    await pace.pass(2_000);
    for (const turn of taken) if (isTurn(turn)) turn.end();
  }
  // Fifty seconds of a quarter each: nobody has to wait.
  expect(isTurn(await turns.take('a'))).toBe(true);
});

test('callers are forgotten that asked longest ago, however many come', async () => {
  const turns = new Turns(createPace());
  const kept = await turns.take('kept');
  for (let count = 0; count < 10_100; count += 1) {
    const turn = await turns.take(`caller ${count}`);
    if (isTurn(turn)) turn.end();
  }
  expect(turns.size).toBe(10_000);
  expect(isTurn(kept)).toBe(true);
});
