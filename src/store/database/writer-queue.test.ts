import { WriterQueue } from './writer-queue';

it('Whoever waits is told at once that another process keeps the lock, and those who come later have their turn', async () => {
  const queue = new WriterQueue((error) => error === 'locked');
  let lock: (error: unknown) => void = () => undefined;
  const first = queue.pass(() => new Promise((_, reject) => (lock = reject)));
  const others = [queue.pass(async () => 'two'), queue.pass(async () => 'notices', { isUrgent: true })];
  lock('locked');
  const ends = await Promise.allSettled([first, ...others]);
  expect(ends).toEqual(Array.from({ length: 3 }, () => ({ status: 'rejected', reason: 'locked' })));
  expect(await queue.pass(async () => 'later')).toBe('later');
});

it('Writers come one at a time, in the order of asking, the urgent ones first, and whatever becomes of those before', async () => {
  const queue = new WriterQueue(() => false);
  const seen: string[] = [];
  let busy = 0;
  const write = (name: string, { isUrgent = false, fails = false } = {}): Promise<void> =>
    queue.pass(
      async () => {
        busy += 1;
        await Promise.resolve();
        seen.push(`${name} of ${busy}`);
        busy -= 1;
        if (fails) throw new Error(name);
      },
      { isUrgent },
    );
  const all = [
    write('one', { fails: true }),
    write('two'),
    write('three'),
    write('notices', { isUrgent: true, fails: true }),
    write('more notices', { isUrgent: true }),
  ];
  const ends = await Promise.allSettled(all);
  await write('four');
  expect(seen).toEqual(['one', 'notices', 'more notices', 'two', 'three', 'four'].map((name) => `${name} of 1`));
  expect(ends.map(({ status }) => status === 'rejected')).toEqual([true, false, false, true, false]);
});
