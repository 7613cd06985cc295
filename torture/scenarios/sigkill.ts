import { createChance } from '../../simulator/world/random';
import { createMixedWorld } from '../../test/support/product/mixed-world';
import { untilImported } from '../../test/support/product/start-product';
import { waitUntil } from '../../test/support/product/wait-until';
import type { DatabaseKind } from '../../test/support/test-database';
import { toAnyScenario, type Outcome, type Run } from '../scenario';
import { tellDeliveries, type Told } from '../support/deliveries';
import { openTortureDatabase } from '../support/databases';
import { countStarts } from '../support/figures';
import { noneSent, sendNotices } from '../support/send-notices';
import { liveOn, noticesOfLife, openStage, type Stage } from '../support/watched-world';

type Size = 'deliveries' | 'kills';

/** Notices come while the server is killed by SIGKILL at random moments and started again. */
function createSigkill(name: string, kind: DatabaseKind) {
  return toAnyScenario<Size>({
    name,
    promise: `An acknowledged notice is never lost and never counted twice, however often the server is killed (${kind}).`,
    usual: { deliveries: 2_000, kills: 20 },
    run: (run) => killServer(kind, run),
  });
}

export const sigkill = createSigkill('sigkill', 'sqlite');
export const sigkillPostgres = createSigkill('sigkill-postgres', 'postgres');

async function killServer(kind: DatabaseKind, { seed, sizes }: Run<Size>): Promise<Outcome> {
  const database = await openTortureDatabase(kind);
  const world = createMixedWorld({ seed, pullRequests: 12 });
  const stage = await openStage({ world, databaseUrl: database.url });
  try {
    await stage.simulator.install(stage.product.url);
    await untilImported(stage.api);
    const begun = performance.now();
    const sent = noneSent();
    const acts = liveOn(stage, { seed, pullRequests: Math.ceil(sizes.deliveries / noticesOfLife) * 2 });
    const isOver = { value: false };
    const sending = sendNotices({ ...stage, acts, deliveries: sizes.deliveries, seed, sent }).finally(() => {
      isOver.value = true;
    });
    const kills = await killAgainAndAgain(stage, { seed, sizes, sent, isOver: () => isOver.value });
    await sending;
    const seconds = (performance.now() - begun) / 1000;
    const told = await tellDeliveries(stage, { url: database.url, sent, seed });
    return toOutcome(told, { kills, rate: sent.deliveries / seconds, starts: stage.product.starts });
  } finally {
    await stage.close();
    await database.remove();
  }
}

interface Killing {
  readonly seed: number;
  readonly sizes: Readonly<Record<Size, number>>;
  readonly sent: { readonly deliveries: number };
  readonly isOver: () => boolean;
}

/** Of a run: the last kill comes while notices still do, those that are told to nobody left out. */
const killedShare = 0.8;

/** At random moments over the whole time. */
async function killAgainAndAgain({ product }: Stage, { seed, sizes, sent, isOver }: Killing): Promise<number> {
  const chance = createChance(seed + 1);
  let kills = 0;
  for (; kills < sizes.kills; kills += 1) {
    const due = Math.floor(((kills + chance.next()) * sizes.deliveries * killedShare) / sizes.kills);
    const look = async (): Promise<true | null> => (sent.deliveries >= due || isOver() ? true : null);
    await waitUntil(look, { withinMs: 300_000, what: `${due} deliveries` });
    if (isOver()) break;
    await product.kill();
    await product.start();
  }
  return kills;
}

interface Measured {
  readonly kills: number;
  readonly rate: number;
  readonly starts: readonly number[];
}

function toOutcome({ figures, broken }: Told, { kills, rate, starts }: Measured): Outcome {
  return {
    figures: { kills, ...figures, 'deliveries a second': rate.toFixed(0), ...countStarts(starts) },
    broken,
  };
}
