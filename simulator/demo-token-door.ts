import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { runDrumbeat, type Audience } from './demo-commands';
import { inviteGuests, type Guest } from './demo-guests';
import { startDemoProduct, type DemoPlace, type DemoProduct } from './demo-product';
import type { World } from './world/model';

/** A workspace that comes in by a token, and people who sign in to see it. */
export interface TokenDemo extends DemoProduct {
  readonly guests: readonly Guest[];
  /** Connects the workspace as an operator does: with the command line. Waits for the import where somebody watches. */
  connect(audience: Audience, signal: AbortSignal): Promise<void>;
  /** Makes an administrator's link, with the command line as well. */
  makeLink(audience: Audience, signal: AbortSignal): Promise<void>;
}

const tokenFile = 'token.txt';

/** Starts both, with what somebody makes on Bitbucket's pages beforehand: a token, and a consumer to sign in with. */
export async function startTokenDemo(world: World, { environment, ...place }: DemoPlace): Promise<TokenDemo> {
  const consumer = { key: randomBytes(9).toString('base64url'), secret: randomBytes(24).toString('base64url') };
  const signIn = { BITBUCKET_OAUTH_KEY: consumer.key, BITBUCKET_OAUTH_SECRET: consumer.secret };
  const product = await startDemoProduct(world, { ...place, environment: { ...signIn, ...environment } });
  const { simulator, folder, appUrl } = product;
  simulator.oauth.register({ ...consumer, callback: `${appUrl}/sign-in/callback` });
  const { secret } = simulator.credentials.createWorkspaceToken({ name: 'Drumbeat' });
  writeFileSync(path.join(folder, tokenFile), `${secret}\n`, { mode: 0o600 });
  const { slug } = simulator.room.findWorkspace(undefined);
  const commands = { folder, environment: { ...product.environment, BASE_URL: appUrl } };
  return {
    ...product,
    guests: inviteGuests(simulator),
    connect: (audience, signal) => {
      const args = ['connect', slug, '--token-file', tokenFile, audience.isWatching ? '--wait' : '--no-wait'];
      return runDrumbeat(args, { ...commands, audience, signal });
    },
    makeLink: (audience, signal) =>
      runDrumbeat(['sign-in-link', slug, '--administrator'], { ...commands, audience, signal }),
  };
}

/** As whom to look. */
export function describeGuests({ guests }: TokenDemo): string[] {
  const width = Math.max(...guests.map(({ name }) => name.length));
  return [
    'Open this address in a browser, continue with Bitbucket, and be one of',
    ...guests.map(({ name, role }) => `  ${name.padEnd(width)}  ${role}`),
  ];
}
