import { AccessRevoked, BitbucketUnavailable } from '../../bitbucket/client/errors';
import { hasEnded } from '../../domain/connections/proof-line';
import type { Connection, PendingInstall } from '../../store/connections/connection';
import type { Transaction } from '../../store/database/transaction';
import { tellConnected } from '../tell-connected';
import type { IdentityQuestions } from './bitbucket-identity';
import type { ConnectNeeds } from './connect-needs';
import { takeNewSecret, type ProvenSecret } from './take-new-secret';
import type { ExchangeToken } from './token-exchange';

/** `again`: not yet, ask once more; `refused`: never will be; `gone`: nothing left to prove. */
export type ProofResult = 'proven' | 'again' | 'refused' | 'gone';

export interface ProofNeeds extends ConnectNeeds {
  readonly exchange: ExchangeToken;
  readonly identity: IdentityQuestions;
}

export type Finding =
  | { readonly kind: 'proven'; readonly slug: string; readonly name: string }
  | { readonly kind: 'foreign' }
  | {
      readonly kind: 'unproven';
      readonly problem: string;
      /** Bitbucket did not say no. */
      readonly isSilent: boolean;
    };

/**
 * Is the secret of a pending install that of the workspace it names? Only Bitbucket can say: the secret is swapped
 * for an access token at the configured address, and the token must be that workspace's own.
 */
export async function proveInstall(pendingId: string, needs: ProofNeeds): Promise<ProofResult> {
  const pending = await needs.connections.getPending(pendingId);
  if (pending === null) return 'gone';
  const finding = await findOut(pending, needs);
  if (finding.kind === 'proven') return welcome(pending, finding, needs);
  const isOver = hasEnded(pending, needs.clock.now());
  if (finding.kind === 'foreign' || isOver) {
    await needs.connections.deletePending(pendingId);
    needs.log.warn({ pendingId, isOver }, 'an install could not be proved and was dropped');
    return 'refused';
  }
  await needs.connections.notePendingAttempt(pendingId, finding.problem);
  return 'again';
}

/** What Bitbucket says of a secret and the workspace that it came for. */
export async function findOut(
  pending: Pick<PendingInstall, 'clientKey' | 'secret' | 'workspace'>,
  needs: ProofNeeds,
): Promise<Finding> {
  try {
    const token = await needs.exchange(pending);
    const ownership = await needs.identity.checkOwner(token.header, pending.workspace);
    if (ownership === 'foreign') return { kind: 'foreign' };
    if (ownership === 'unclear') return toUnproven('Bitbucket did not say whose token it is');
    const workspace = await needs.identity.describeWorkspace(token.header, pending.workspace);
    return workspace === null ? toUnproven('the workspace cannot be read') : { kind: 'proven', ...workspace };
  } catch (error) {
    if (error instanceof AccessRevoked) return { ...toUnproven('Bitbucket refuses the secret'), isSilent: false };
    if (error instanceof BitbucketUnavailable) return toUnproven(error.reason);
    throw error;
  }
}

function toUnproven(problem: string) {
  return { kind: 'unproven', problem, isSilent: true } as const;
}

/** The workspace, its connection and the work that follows from it are one step: all there, or nothing. */
function welcome(
  pending: PendingInstall,
  found: { readonly slug: string; readonly name: string },
  needs: ProofNeeds,
): Promise<ProofResult> {
  const { connections, workspaces, events, clock } = needs;
  const { workspace } = pending;
  return events.step(workspace, async (tx) => {
    const now = clock.now();
    const known = await connections.getByReference('connect', pending.clientKey, tx);
    if (known !== null) return settleKnown({ pending, known, proven: { ...found, secret: pending.secret } }, needs, tx);
    const liveBefore = await connections.getLive(workspace, tx);
    const connection = await connections.promotePending(pending.id, { now, tx });
    if (connection === null) return 'gone';
    await workspaces.save({ uuid: workspace, slug: found.slug, name: found.name, connectedAt: now }, tx);
    await tellConnected(events, { connection, liveBefore }, tx);
    return 'proven';
  });
}

interface KnownBefore {
  readonly pending: PendingInstall;
  readonly known: Connection;
  readonly proven: ProvenSecret;
}

/**
 * Another install of the same client key has proved itself first. One that came after it brought the secret that is in
 * force by now, and Bitbucket has just said so; dropped, the workspace would refuse everything from then on.
 */
async function settleKnown(
  { pending, known, proven }: KnownBefore,
  needs: ProofNeeds,
  tx: Transaction,
): Promise<ProofResult> {
  const { connections } = needs;
  if ((await connections.getPending(pending.id, tx)) === null) return 'gone';
  await connections.endPending(pending, tx);
  if (known.workspace !== pending.workspace) return 'gone';
  await takeNewSecret({ known, proven }, needs, tx);
  return 'proven';
}
