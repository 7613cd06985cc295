import { createRunningClock, systemChance, systemClock } from './clock';

const start = Date.UTC(2028, 1, 29, 12);

it('A running clock begins at the instant it is given and goes on in whole milliseconds, never backwards', () => {
  const clock = createRunningClock(start);

  const times = Array.from({ length: 1000 }, () => clock.now());

  expect(times[0]).toBeGreaterThanOrEqual(start);
  expect(times[0]).toBeLessThan(start + 60_000);
  expect(times.every(Number.isInteger)).toBe(true);
  expect([...times].sort((one, other) => one - other)).toEqual(times);
});

it('A running clock goes on at the pace of the machine', () => {
  const begun = performance.now();
  const clock = createRunningClock(start);
  while (performance.now() - begun < 20);

  const gone = clock.now() - start;

  expect(gone).toBeGreaterThanOrEqual(19);
  expect(gone).toBeLessThanOrEqual(performance.now() - begun);
});

it('The clock and the chance are the machine’s where nobody hands in others', () => {
  expect(Number.isInteger(systemClock.now())).toBe(true);
  expect(systemChance()).toBeGreaterThanOrEqual(0);
  expect(systemChance()).toBeLessThan(1);
});
