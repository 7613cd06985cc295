import { createCrashWatch, parseCrashAt } from './crash-points';

it('A crash point is named with the time at which it counts, the first if nothing is said', () => {
  expect(parseCrashAt('notice-kept')).toEqual({ point: 'notice-kept', time: 1 });
  expect(parseCrashAt('notice-kept:12')).toEqual({ point: 'notice-kept', time: 12 });
  const wrong = ['', 'notice', 'notice-kept:', 'notice-kept:0', 'notice-kept:x', 'toString', '__proto__'];
  expect(wrong.map(parseCrashAt)).toEqual(wrong.map(() => null));
});

it('A process ends once, at the moment of its point, however often it comes by', async () => {
  const said: string[] = [];
  const watch = createCrashWatch({ point: 'notice-kept', time: 2 }, () => void said.push('the end'));
  const database = {
    transaction: async <T>(work: (tx: never) => Promise<T>): Promise<T> => {
      const result = await work(null as never);
      said.push('committed');
      return result;
    },
  };
  watch.follow(database);
  const keep = async (statement: string): Promise<void> => {
    await database.transaction(async () => watch.onStatement(statement));
    said.push('answered');
  };
  await keep('INSERT INTO notices (workspace) VALUES ($1)');
  await keep('UPDATE jobs');
  await keep('INSERT INTO notices (workspace) VALUES ($1)');
  await keep('INSERT INTO notices (workspace) VALUES ($1)');
  const [plain, last] = [
    ['committed', 'answered'],
    ['committed', 'the end', 'answered'],
  ];
  expect(said).toEqual([...plain, ...plain, ...last, ...plain]);
});
