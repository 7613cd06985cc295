import { countDead, readKept, reconcileNow, untilWorkedOff } from './kept-work';
import { recount } from './recount';
import type { Sent } from './send-notices';
import type { Stage } from './watched-world';

export interface Told {
  readonly figures: Readonly<Record<string, number>>;
  readonly broken: readonly string[];
}

interface Ending {
  /** Of the database. */
  readonly url: string;
  readonly sent: Sent;
  readonly seed: number;
  /** How many are drawn. */
  readonly questions: number;
}

const workWithinMs = 300_000;

/**
 * What became of deliveries in the end: each that was acknowledged has had its effect, once; and every number equals the
 * recount. Where some were lost on the way, as Bitbucket loses them, a comparison has to bring them first.
 */
export async function tellDeliveries(stage: Stage, { url, sent, seed, questions }: Ending): Promise<Told> {
  await untilWorkedOff(url, workWithinMs);
  const { done, others } = await readKept(url);
  const withoutEffect = [...sent.acknowledged].filter((id) => !done.has(id));
  const twice = [...done].filter(([, rows]) => rows > 1);
  if (sent.lost.length > 0) await reconcileNow(url, workWithinMs);
  const scope = { seed, questions, until: stage.simulator.clock.now() };
  const { compared, differences } = await recount(stage.api, stage.workspace, scope);
  const dead = await countDead(url);
  return {
    figures: {
      deliveries: sent.deliveries,
      acknowledged: sent.acknowledged.size,
      repeated: sent.repeated,
      'out of order': sent.overtaken,
      'attempts more': sent.moreAttempts,
      'never acknowledged': sent.lost.length,
      'acknowledged without effect': withoutEffect.length,
      'double effects': twice.length,
      'values compared': compared,
      differences: differences.length,
    },
    broken: [
      ...withoutEffect.slice(0, 3).map((id) => `Delivery ${id} was acknowledged and had no effect.`),
      ...twice.slice(0, 3).map(([id]) => `Delivery ${id} was kept twice.`),
      ...others.slice(0, 3).map((one) => `A notice was not worked off: ${one}.`),
      ...(dead > 0 ? [`${dead} jobs were given up.`] : []),
      ...differences.slice(0, 5),
    ],
  };
}
