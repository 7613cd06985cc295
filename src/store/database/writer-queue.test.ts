import { WriterQueue } from './writer-queue';

it('Writers come one at a time, in the order of asking, the urgent ones first, and whatever becomes of those before', async () => {
  const queue = new WriterQueue();
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
