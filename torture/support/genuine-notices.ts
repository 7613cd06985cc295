import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/machine/clock';
import { waitUntil } from '../../test/support/product/wait-until';
import { makeNotice, writeInstall, type Answered, type AttackedProduct, type AttackedTenant } from './attacked-product';

/** What became of genuine notices beside something else. */
export interface Notified {
  readonly answers: readonly Answered[];
  /** The most that was seen, in bytes. */
  readonly memory: number;
}

const notifyEveryMs = 20;
let sent = 0;

export function makeTenant(number: number): AttackedTenant {
  return {
    workspace: `{11111111-1111-4111-8111-${String(number).padStart(12, '0')}}`,
    clientKey: `connection:${1_000_000 + number}`,
    secret: `the secret of tenant ${number}, long enough`,
    slug: `tenant-${number}`,
  };
}

/** Bitbucket knows the workspace, and says that the app has come to it. Gives how that was answered. */
export async function install(product: AttackedProduct, tenant: AttackedTenant, from?: string): Promise<Answered> {
  product.bitbucket.installs.set(tenant.clientKey, tenant);
  const post = { path: '/connect/installed', body: writeInstall(tenant) };
  return product.post(from === undefined ? post : { ...post, from });
}

/** Until a notice of the tenant's is taken. @throws when it takes longer */
export async function untilLive(product: AttackedProduct, tenant: AttackedTenant, withinMs: number): Promise<void> {
  const ask = async (): Promise<true | null> => {
    const { status } = await product.post(makeNotice(tenant, (sent += 1), systemClock.now()));
    return status === 204 ? true : null;
  };
  await waitUntil(ask, { withinMs, what: `${tenant.slug} to be connected` });
}

export async function connect(product: AttackedProduct, tenant: AttackedTenant): Promise<void> {
  await install(product, tenant);
  await untilLive(product, tenant, 20_000);
}

/** Notices of the tenant's again and again, until something else is over. */
export async function notifyFor(
  product: AttackedProduct,
  tenant: AttackedTenant,
  other: Promise<unknown>,
): Promise<Notified> {
  const asked: Promise<Answered>[] = [];
  const state = { isOver: false };
  let memory = 0;
  const over = other.finally(() => (state.isOver = true));
  while (!state.isOver) {
    asked.push(product.post(makeNotice(tenant, (sent += 1), systemClock.now())));
    memory = Math.max(memory, product.readMemory());
    await pause(notifyEveryMs);
  }
  await over;
  return { answers: await Promise.all(asked), memory };
}

/** Of the times in milliseconds; `share` from 0 to 1. */
export function toPercentile(answers: readonly Answered[], share: number): number {
  const sorted = answers.map(({ milliseconds }) => milliseconds).toSorted((one, other) => one - other);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}
