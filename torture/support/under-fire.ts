import { createChance } from '../../simulator/world/random';
import { createMixedWorld } from '../../test/support/product/mixed-world';
import { untilImported } from '../../test/support/product/start-product';
import { waitUntil } from '../../test/support/product/wait-until';
import type { Outcome, Run } from './scenario';
import { tellDeliveries } from './deliveries';
import { countStarts } from './figures';
import { noneSent, sendNotices, type Sent } from './send-notices';
import { liveOn, noticesOfLife, openStage, type Stage } from './watched-world';

/** `history`: pull requests of each repository before the install; `questions`: about the numbers in the end. */
export type FireSize = 'deliveries' | 'kills' | 'history' | 'questions';
export const usualFire = { deliveries: 2_000, kills: 20, history: 12, questions: 12 };

interface Fire extends Run<FireSize> {
  readonly databaseUrl: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Kills, and starts again what it killed. */
  readonly kill: (stage: Stage) => Promise<void>;
}

/** Notices come to a workspace that is installed and imported, while something is killed at random moments. */
export async function tellUnderFire(fire: Fire): Promise<Outcome> {
  const { seed, sizes, databaseUrl, environment = {} } = fire;
  const stage = await openStage({
    world: createMixedWorld({ seed, pullRequests: sizes.history }),
    databaseUrl,
    environment,
  });
  try {
    await stage.simulator.install(stage.product.url);
    await untilImported(stage.api);
    const begun = performance.now();
    const sent = noneSent();
    const acts = liveOn(stage, { seed, pullRequests: Math.ceil(sizes.deliveries / noticesOfLife) * 2 });
    const ending = new AbortController();
    const sending = sendNotices({ ...stage, acts, deliveries: sizes.deliveries, seed, sent });
    void sending.finally(() => ending.abort()).catch(() => undefined);
    const kills = await killAgainAndAgain(fire, { stage, sent, signal: ending.signal });
    await sending;
    const seconds = (performance.now() - begun) / 1000;
    const { figures, broken } = await tellDeliveries(stage, {
      url: databaseUrl,
      sent,
      seed,
      questions: sizes.questions,
    });
    const rate = (sent.deliveries / seconds).toFixed(0);
    return {
      figures: { kills, ...figures, 'deliveries a second': rate, ...countStarts(stage.product.starts) },
      broken,
    };
  } finally {
    await stage.close();
  }
}

interface Aim {
  readonly stage: Stage;
  readonly sent: Sent;
  /** Everything was sent. */
  readonly signal: AbortSignal;
}

/** Of a run: the last kill comes while notices still do. */
const killedShare = 0.9;

/** At random moments over the whole time; tells how often. */
async function killAgainAndAgain({ seed, sizes, kill }: Fire, { stage, sent, signal }: Aim): Promise<number> {
  const chance = createChance(seed + 1);
  let kills = 0;
  for (; kills < sizes.kills; kills += 1) {
    const due = Math.floor(((kills + chance.next()) * sizes.deliveries * killedShare) / sizes.kills);
    const look = async (): Promise<true | null> => (sent.deliveries >= due || signal.aborted ? true : null);
    await waitUntil(look, { withinMs: 300_000, what: `${due} deliveries` });
    if (signal.aborted) break;
    await kill(stage);
  }
  return kills;
}
