import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '../../domain/clock';
import type { Instant } from '../../domain/instant';
import type { Deployment } from '../../domain/deployments/deployment';
import type { Incident } from '../../domain/incidents/incident';
import type { DayDigests, DeliveryDay } from '../../store/deployments/delivery-store';
import type { Stores } from '../../store/stores';
import type { JobHandler } from '../jobs/job-handler';
import { wholeWorkspace } from '../plans/import-plan';

export const recordDeliveriesKind = 'record-deliveries';

/** What counts as of one version of a workspace: incidents in the order of time, and deployments by the UTC day. */
interface CountedDeliveries {
  readonly version: number;
  readonly incidents: readonly Incident[];
  /** Those that have deployments, counted since 1970. */
  readonly days: readonly number[];
  /** Of one day, in the order of time. */
  readDeployments(day: number): Promise<readonly Deployment[]>;
}

/** Computes what counts, as the pages show it; handed in by whoever keeps the facts in memory. */
export type OpenDeliveries = (workspace: string) => Promise<CountedDeliveries>;

interface RecordDeliveriesParts {
  readonly stores: Pick<Stores, 'deliveries' | 'jobs' | 'settings' | 'corrections' | 'teams'>;
  readonly clock: Clock;
  readonly openDeliveries: OpenDeliveries;
}

/** So often it is looked whether rows are older than their facts: they follow within a minute. */
const lookEveryMs = 10_000;
const dayMs = 86_400_000;

interface PlanParts extends Pick<RecordDeliveriesParts, 'clock'> {
  readonly stores: Pick<Stores, 'deliveries' | 'jobs'>;
}

/** Asks, every ten seconds at most, which workspaces have changed since their rows were written. */
export function createPlanRecording({ stores, clock }: PlanParts) {
  let lookedAt: Instant = clock.now();
  return async (): Promise<void> => {
    const now = clock.now();
    if (now < lookedAt + lookEveryMs) return;
    lookedAt = now;
    for (const workspace of await stores.deliveries.listOutdated()) {
      await stores.jobs.enqueue({ workspace, kind: recordDeliveriesKind, key: wholeWorkspace, runAt: now });
    }
  };
}

/** When more pull requests than these have changed, it is quicker to look at every day. */
const mostChanged = 5_000;

/**
 * Writes the rows of deployments and incidents: of the days that are not as they were written last. A deployment changes
 * with its pull request, with the rules, the corrections and the teams, and with nothing else, so only days of pull
 * requests that changed are looked at; an incident changes with others of its repository too: all are compared.
 */
export function createRecordDeliveries(parts: RecordDeliveriesParts): JobHandler {
  const { deliveries } = parts.stores;
  return {
    lane: 'live',
    neverGivenUp: { longestPauseMs: 60_000 },
    async run({ workspace }) {
      const before = await computeBasis(parts, workspace);
      const counted = await parts.openDeliveries(workspace);
      // What changes while it is counted is looked for again the next time.
      const basis = (await computeBasis(parts, workspace)) === before ? before : '';
      const doubtful = await findDoubtful(parts, workspace, basis);
      const written = await deliveries.listDigests(workspace);
      for (const day of listDays(counted, written)) {
        const found = await readDay(day, counted, {
          written: written.get(day),
          isDoubtful: doubtful?.has(day) ?? true,
        });
        if (found !== null) await deliveries.replaceDay(workspace, found);
        // A long history is looked through in pieces: notices and pages come in between.
        await breathe();
      }
      await deliveries.noteRecording(workspace, { version: counted.version, basis });
      return 'done';
    },
  };
}

/** What else than facts deployments are made with: rules, corrections, and teams kept by hand. */
async function computeBasis({ stores }: RecordDeliveriesParts, workspace: string): Promise<string> {
  const teams = (await stores.teams.list(workspace)).filter(({ source }) => source === 'manual');
  return digest([await stores.settings.get(workspace), await stores.corrections.list(workspace), teams]);
}

/** The days of which a deployment may be another than is written; `null`: all. */
async function findDoubtful({ stores }: RecordDeliveriesParts, workspace: string, basis: string) {
  const last = await stores.deliveries.getRecording(workspace);
  if (last === null || basis === '' || last.basis !== basis) return null;
  return stores.deliveries.listChangedDays(workspace, last.version, mostChanged);
}

/** Days that have something or had. */
function listDays({ days, incidents }: CountedDeliveries, written: ReadonlyMap<number, unknown>): number[] {
  const all = new Set([...written.keys(), ...days, ...incidents.map(({ createdAt }) => toDay(createdAt))]);
  return [...all].sort((one, other) => one - other);
}

/** The UTC day, counted since 1970. */
function toDay(at: Instant): number {
  return Math.floor(at / dayMs);
}

interface Written {
  readonly written: DayDigests | undefined;
  /** Whether its deployments may be others than written. */
  readonly isDoubtful: boolean;
}

const nothing: DayDigests = { deployments: '', incidents: '' };

/** The day as it is to be written; `null`: it is written so. Deployments that cannot have changed are not read. */
async function readDay(
  day: number,
  counted: CountedDeliveries,
  { written = nothing, isDoubtful }: Written,
): Promise<DeliveryDay | null> {
  const from = findFirst(counted.incidents, day * dayMs);
  const incidents = counted.incidents.slice(from, findFirst(counted.incidents, (day + 1) * dayMs));
  const ofIncidents = digest(incidents);
  if (!isDoubtful && ofIncidents === written.incidents) return null;
  const deployments = await counted.readDeployments(day);
  const digests = { deployments: digest(deployments), incidents: ofIncidents };
  const isWritten = digests.deployments === written.deployments && digests.incidents === written.incidents;
  return isWritten ? null : { day, deployments, incidents, digests };
}

/** The place of the first that was created then or later. */
function findFirst(list: readonly { readonly createdAt: Instant }[], at: Instant): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.createdAt ?? at) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The empty text of an empty list. */
function digest(of: readonly unknown[]): string {
  return of.length === 0 ? '' : createHash('sha256').update(JSON.stringify(of)).digest('base64url');
}
