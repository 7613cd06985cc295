import { setTimeout as pause } from 'node:timers/promises';
import { toAnyScenario, type Outcome, type Run } from '../support/scenario';
import { startKillablePostgres } from '../support/killable-postgres';
import { tellUnderFire, usualFire, type FireSize } from '../support/under-fire';

/** So long it stays away, in milliseconds: one notice or another is refused meanwhile. */
const away = 300;

/** Notices come while PostgreSQL, all its processes at once, is killed by SIGKILL and has to recover; the server goes on. */
export const postgresKilled = toAnyScenario<FireSize>({
  name: 'postgres-killed',
  promise: 'An acknowledged notice is never lost and never counted twice, however often PostgreSQL itself is killed.',
  usual: usualFire,
  run: killPostgres,
});

async function killPostgres(run: Run<FireSize>): Promise<Outcome> {
  const postgres = await startKillablePostgres();
  let died = 0;
  try {
    const { figures, broken } = await tellUnderFire({
      ...run,
      databaseUrl: postgres.url,
      kill: async ({ product }) => {
        await postgres.kill();
        await pause(away);
        await postgres.start();
        if (product.isRunning) return;
        died += 1;
        await product.start();
      },
    });
    const sentence = `The server ended ${died} times with the database.`;
    return { figures: { ...figures, 'server died': died }, broken: died > 0 ? [sentence, ...broken] : broken };
  } finally {
    await postgres.remove();
  }
}
