import type { SimulatorNotice } from '../../simulator/connect/deliver-notice';
import type { Simulator } from '../../simulator/simulator';
import { createChance, type Chance } from '../../simulator/world/random';

/** What became of deliveries, while it goes on. */
export interface Sent {
  /** Delivery ids of which at least one attempt was begun. */
  readonly begun: Set<string>;
  /** Delivery ids that were answered with success, each once. */
  readonly acknowledged: Set<string>;
  /** Those that three attempts did not bring. */
  readonly lost: SimulatorNotice[];
  /** How many were sent, repeated ones too. */
  deliveries: number;
  repeated: number;
  overtaken: number;
  /** Beyond the first of each delivery. */
  moreAttempts: number;
}

interface Sending {
  readonly simulator: Pick<Simulator, 'deliver'>;
  /** What is told, in its order; asked for as late as can be. */
  readonly acts: Iterable<readonly SimulatorNotice[]>;
  readonly deliveries: number;
  readonly seed: number;
  readonly sent: Sent;
}

/** Of all deliveries. */
const repeatedShare = 0.05;
const overtakenShare = 0.1;
/** Under way at once. */
const breadth = 8;
/** So many others overtake one at the most. */
const mostOvertaking = 30;

export function noneSent(): Sent {
  return {
    begun: new Set(),
    acknowledged: new Set(),
    lost: [],
    deliveries: 0,
    repeated: 0,
    overtaken: 0,
    moreAttempts: 0,
  };
}

/**
 * Sends notices as Bitbucket does, several at once and up to three times each, one in twenty again once it was
 * acknowledged, one in ten after others that came later.
 */
export async function sendNotices(sending: Sending): Promise<void> {
  const queue = orderNotices(sending, createChance(sending.seed));
  const work = async (): Promise<void> => {
    for (const notice of queue) await sendOnce(notice, sending);
  };
  await Promise.all(Array.from({ length: breadth }, work));
}

async function sendOnce(notice: SimulatorNotice, { simulator, sent }: Sending): Promise<void> {
  sent.begun.add(notice.requestUuid);
  const { status, attempts } = await simulator.deliver(notice);
  // An event that nobody has subscribed to is told to nobody.
  if (attempts === 0) return;
  sent.deliveries += 1;
  sent.moreAttempts += attempts - 1;
  if (status === 204) sent.acknowledged.add(notice.requestUuid);
  else sent.lost.push(notice);
}

interface Late {
  readonly notice: SimulatorNotice;
  /** So many others go first. */
  left: number;
}

function* orderNotices({ acts, deliveries, sent }: Sending, chance: Chance): Generator<SimulatorNotice> {
  const late: Late[] = [];
  const takeDue = (): SimulatorNotice[] => {
    for (const one of late) one.left -= 1;
    const due = late.filter(({ left }) => left <= 0);
    late.splice(0, late.length, ...late.filter(({ left }) => left > 0));
    return due.map(({ notice }) => notice);
  };
  for (const notice of flatten(acts)) {
    if (sent.deliveries >= deliveries) break;
    if (chance.happens(overtakenShare)) {
      sent.overtaken += 1;
      late.push({ notice, left: chance.between(1, mostOvertaking) });
      continue;
    }
    yield notice;
    if (chance.happens(repeatedShare / (1 - overtakenShare))) {
      sent.repeated += 1;
      late.push({ notice, left: chance.between(1, mostOvertaking) });
    }
    yield* takeDue();
  }
  yield* late.map(({ notice }) => notice);
}

function* flatten<T>(lists: Iterable<readonly T[]>): Generator<T> {
  for (const list of lists) yield* list;
}
