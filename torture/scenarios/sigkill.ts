import type { DatabaseKind } from '../../test/support/test-database';
import { toAnyScenario, type Outcome, type Run } from '../support/scenario';
import { openTortureDatabase } from '../support/databases';
import { tellUnderFire, usualFire, type FireSize } from '../support/under-fire';

/** Notices come while the server is killed by SIGKILL at random moments and started again. */
function createSigkill(name: string, kind: DatabaseKind) {
  return toAnyScenario<FireSize>({
    name,
    promise: `An acknowledged notice is never lost and never counted twice, however often the server is killed (${kind}).`,
    usual: usualFire,
    run: (run) => killServer(kind, run),
  });
}

export const sigkill = createSigkill('sigkill', 'sqlite');
export const sigkillPostgres = createSigkill('sigkill-postgres', 'postgres');

async function killServer(kind: DatabaseKind, run: Run<FireSize>): Promise<Outcome> {
  const database = await openTortureDatabase(kind);
  try {
    return await tellUnderFire({
      ...run,
      databaseUrl: database.url,
      kill: async ({ product }) => {
        await product.kill();
        await product.start();
      },
    });
  } finally {
    await database.remove();
  }
}
