import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '../../domain/clock';
import type { Deployment } from '../../domain/deployments/deployment';
import type { Incident } from '../../domain/incidents/incident';
import type { Instant } from '../../domain/instant';
import type { DeliveryMonth } from '../../store/deployments/delivery-store';
import type { Stores } from '../../store/stores';
import type { JobHandler } from '../jobs/job-handler';
import { wholeWorkspace } from '../plans/import-plan';

export const recordDeliveriesKind = 'record-deliveries';

/** The deployments and incidents that count, as of one version of a workspace; each in the order of time. */
interface CountedDeliveries {
  readonly version: number;
  readonly deployments: readonly Deployment[];
  readonly incidents: readonly Incident[];
}

/** Computes what counts, as the pages show it; handed in by whoever keeps the facts in memory. */
export type LoadDeliveries = (workspace: string) => Promise<CountedDeliveries>;

interface RecordDeliveriesParts {
  readonly stores: Pick<Stores, 'deliveries' | 'jobs'>;
  readonly clock: Clock;
  readonly loadDeliveries: LoadDeliveries;
}

/** So often it is looked whether rows are older than their facts: they follow within a minute. */
const lookEveryMs = 10_000;

/** Asks, every ten seconds at most, which workspaces have changed since their rows were written. */
export function createPlanRecording({ stores, clock }: Omit<RecordDeliveriesParts, 'loadDeliveries'>) {
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

/** Writes the rows of deployments and incidents: of the months that are not as they were written last. */
export function createRecordDeliveries({ stores, loadDeliveries }: RecordDeliveriesParts): JobHandler {
  return {
    lane: 'live',
    neverGivenUp: { longestPauseMs: 60_000 },
    async run({ workspace }) {
      const counted = await loadDeliveries(workspace);
      const written = await stores.deliveries.listDigests(workspace);
      const months = groupByMonth(counted);
      for (const month of new Set([...written.keys(), ...months.keys()])) {
        const rows = toDeliveryMonth(month, months.get(month));
        if (rows.digest !== written.get(month)) await stores.deliveries.replaceMonth(workspace, rows);
        // A long history is digested in pieces: notices and pages come in between.
        await breathe();
      }
      await stores.deliveries.noteVersion(workspace, counted.version);
      return 'done';
    },
  };
}

interface OfMonth {
  readonly deployments: Deployment[];
  readonly incidents: Incident[];
}

function groupByMonth({ deployments, incidents }: CountedDeliveries): Map<string, OfMonth> {
  const months = new Map<string, OfMonth>();
  const monthOf = (at: Instant): OfMonth => {
    const name = new Date(at).toISOString().slice(0, 7);
    const month = months.get(name) ?? { deployments: [], incidents: [] };
    months.set(name, month);
    return month;
  };
  deployments.forEach((one) => monthOf(one.createdAt).deployments.push(one));
  incidents.forEach((one) => monthOf(one.createdAt).incidents.push(one));
  return months;
}

function toDeliveryMonth(month: string, rows: OfMonth = { deployments: [], incidents: [] }): DeliveryMonth {
  const [year = 0, ordinal = 1] = month.split('-').map(Number);
  const digest = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  return { month, startAt: Date.UTC(year, ordinal - 1, 1), endAt: Date.UTC(year, ordinal, 1), digest, ...rows };
}
