import { createGate, GateBusy } from './gate';

/** Work that ends when it is told to. */
function createWork() {
  const ends: ((error?: Error) => void)[] = [];
  const begun: number[] = [];
  const work = (number: number) => () => {
    begun.push(number);
    return new Promise<number>((resolve, reject) =>
      ends.push((error) => (error === undefined ? resolve(number) : reject(error))),
    );
  };
  return { begun, work, end: (error?: Error) => ends.shift()?.(error) };
}

it('lets so many in at once, the others in their order, whatever became of those before', async () => {
  const enter = createGate({ most: 2, longestWaitMs: 10_000 });
  const { begun, work, end } = createWork();
  const all = [1, 2, 3, 4].map((number) => enter(work(number)).catch(() => 'failed'));
  expect(begun).toEqual([1, 2]);
  end(new Error('badly'));
  expect(await all[0]).toBe('failed');
  expect(begun).toEqual([1, 2, 3]);
  for (let left = 3; left > 0; left -= 1) {
    end();
    await new Promise(setImmediate);
  }
  expect(await Promise.all(all)).toEqual(['failed', 2, 3, 4]);
  void enter(work(5));
  expect(begun).toContain(5);
  end();
});

it('turns away whoever would wait too long, and lets the next in all the same', async () => {
  const enter = createGate({ most: 1, longestWaitMs: 1 });
  const { begun, work, end } = createWork();
  const first = enter(work(1));
  await expect(enter(work(2))).rejects.toThrow(GateBusy);
  end();
  expect(await first).toBe(1);
  const third = enter(work(3));
  expect(begun).toEqual([1, 3]);
  end();
  expect(await third).toBe(3);
});
