import { allScenarios } from './all-scenarios';
import { sigkill } from './scenarios/sigkill';

/* The long proofs are `npm run torture`; here one of them runs in its smallest size, so that none of what all use rots. */

it('A server that is killed while notices come loses none and counts none twice', async () => {
  const { figures, broken } = await sigkill.run(7, { deliveries: 40, kills: 1, history: 2, questions: 2 });

  expect(broken).toEqual([]);
  expect(figures).toMatchObject({ kills: 1, 'acknowledged without effect': 0, 'double effects': 0, differences: 0 });
  expect(figures['deliveries']).toBeGreaterThanOrEqual(40);
});

it('Every scenario has a name of its own, a promise in a sentence and sizes', () => {
  expect(new Set(allScenarios.map(({ name }) => name)).size).toBe(allScenarios.length);
  for (const { name, promise, usual } of allScenarios) {
    expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/u);
    expect(promise).toMatch(/^[A-Z].*\.$/u);
    expect(Object.values(usual).every(Number.isInteger)).toBe(true);
  }
});
