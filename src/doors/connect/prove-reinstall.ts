import type { ReinstallName, Reinstall } from '../../store/connections/reinstall-store';
import type { Transaction } from '../../store/database/transaction';
import type { DoorJob } from '../door';
import type { ConnectNeeds } from './connect-needs';
import { findOut, type Finding, type ProofNeeds, type ProofResult } from './prove-install';
import { takeNewSecret } from './take-new-secret';

export const proveReinstallKind = 'prove-reinstall';

const second = 1000;
const minute = 60 * second;
const longestPause = 5 * minute;
/** How long a secret that Bitbucket refuses may stay unproven: as that of a first install. */
const provingTimeMs = 15 * minute;
/**
 * And one about which Bitbucket cannot be asked. It came signed, so it is most likely the one in force, and the next
 * install will be signed with it: given up too soon, the workspace would be locked out for good.
 */
const longestSilenceMs = 24 * 60 * minute;

/**
 * Is the new secret of a known connection that of its workspace? Proved like the first one, and until then it changes
 * nothing: the connection goes on with the secret that it has.
 */
export async function proveReinstall(name: ReinstallName, needs: ProofNeeds): Promise<ProofResult> {
  const reinstall = await needs.reinstalls.get(name);
  if (reinstall === null) return 'gone';
  const { workspace, reference: clientKey, secret } = reinstall;
  const finding = await findOut({ workspace, clientKey, secret }, needs);
  if (finding.kind === 'proven') return take(reinstall, finding, needs);
  const age = needs.clock.now() - reinstall.receivedAt;
  if (!isOver(finding, age)) return 'again';
  await needs.reinstalls.delete(reinstall);
  needs.log.warn(
    { workspace, ageSeconds: Math.round(age / second) },
    'a new secret could not be proved and was dropped',
  );
  return 'refused';
}

function isOver(finding: Exclude<Finding, { kind: 'proven' }>, age: number): boolean {
  if (finding.kind === 'foreign') return true;
  return age >= (finding.isSilent ? longestSilenceMs : provingTimeMs);
}

function take(
  reinstall: Reinstall,
  found: { readonly slug: string; readonly name: string },
  needs: ProofNeeds,
): Promise<ProofResult> {
  const { connections, reinstalls, events } = needs;
  const { workspace, reference, secret } = reinstall;
  return events.step(workspace, async (tx) => {
    // A later one may have proved itself while Bitbucket was asked.
    if ((await reinstalls.get(reinstall, tx)) === null) return 'gone';
    await reinstalls.end(reinstall, tx);
    const known = await connections.getByReference('connect', reference, tx);
    if (known === null || known.workspace !== workspace) return 'gone';
    await takeNewSecret({ known, proven: { ...found, secret } }, needs, tx);
    return 'proven';
  });
}

interface ProveReinstallParts extends Pick<ConnectNeeds, 'reinstalls' | 'clock'> {
  readonly prove: (name: ReinstallName) => Promise<ProofResult>;
}

/** The first try follows the answer to the install; this is for those after it, and after a crash. */
export function createProveReinstall({ reinstalls, clock, prove }: ProveReinstallParts): DoorJob {
  return {
    lane: 'live',
    neverGivenUp: { longestPauseMs: longestPause },
    async run({ workspace, key: id }) {
      const reinstall = await reinstalls.get({ workspace, id });
      if (reinstall === null) return 'done';
      // Bitbucket may honour the secret only once its call has been answered.
      const { receivedAt } = reinstall;
      if (clock.now() < receivedAt + second) return { againAt: receivedAt + second };
      if ((await prove({ workspace, id })) !== 'again') return 'done';
      const age = clock.now() - receivedAt;
      return { againAt: clock.now() + Math.min(longestPause, Math.max(second, Math.round(age / 4))) };
    },
  };
}

/** All work of a workspace has ended with it; but it may be coming back already. */
export async function planReinstalls(
  workspace: string,
  { reinstalls, events }: ConnectNeeds,
  tx: Transaction,
): Promise<void> {
  for (const { id } of await reinstalls.list({ workspace }, tx)) {
    await events.onWork({ workspace, kind: proveReinstallKind, key: id }, tx);
  }
}
