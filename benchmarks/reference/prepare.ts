import { startDrumbeat } from '../../src/compose';
import { createRunningClock } from '../../src/machine/clock';
import { openDatabase } from '../../src/store/open-database';
import { openStores } from '../../src/store/stores';
import { waitUntil } from '../../test/support/product/wait-until';
import { referenceKey, toReferenceEnvironment } from './access';

/** So late it looks whether there is something to work out. */
const longestLookMs = 15_000;

/**
 * What the product itself works out from facts and keeps beside them: it is let run until nothing of that is left to be
 * done. Otherwise the first minutes of a process would be spent on it, and not on what is measured.
 */
export async function prepareDerived(url: string, now: number): Promise<void> {
  const running = createRunningClock(now);
  let ahead = 0;
  const clock = { now: () => running.now() + ahead };
  const drumbeat = await startDrumbeat(toReferenceEnvironment(url), { clock });
  const database = await openDatabase({ url, poolSize: 2 });
  try {
    const { deliveries } = openStores(database, { encryptionKey: referenceKey });
    ahead = longestLookMs;
    drumbeat.kick();
    const look = async (): Promise<true | null> => ((await deliveries.listOutdated()).length === 0 ? true : null);
    await waitUntil(look, { withinMs: 3_600_000, what: 'deployments and incidents to be written down' });
  } finally {
    await drumbeat.close();
    await database.close();
  }
}
