import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '../../domain/clock';
import { listChangedIncidents, type IncidentColumns } from '../../domain/columns/compare-incidents';
import { computeAge, type Instant } from '../../domain/instant';
import type { Deployment } from '../../domain/deployments/deployment';
import type { Incident } from '../../domain/incidents/incident';
import type { DayDigests, DeliveryDay, DeliveryRecording } from '../../store/deployments/delivery-store';
import type { Stores } from '../../store/stores';
import type { JobHandler } from '../jobs/job-handler';
import { wholeWorkspace } from '../plans/import-plan';

export const recordDeliveriesKind = 'record-deliveries';

/** What counts as of one version of a workspace: incidents in the order of time, and deployments by the UTC day. */
interface CountedDeliveries {
  readonly version: number;
  readonly incidents: readonly Incident[];
  readonly incidentColumns: IncidentColumns;
  /** Those that have deployments, counted since 1970. */
  readonly days: readonly number[];
  /** Of one day, in the order of time. */
  listIncidents(day: number): readonly Incident[];
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
    if (computeAge(lookedAt, now) < lookEveryMs) return;
    lookedAt = now;
    for (const workspace of await stores.deliveries.listOutdated()) {
      await stores.jobs.enqueue({ workspace, kind: recordDeliveriesKind, key: wholeWorkspace, runAt: now });
    }
  };
}

/** When more pull requests than these have changed, it is quicker to look at every day. */
const mostChanged = 5_000;

/** The incidents that this process wrote down last, and as of which version. */
interface LastWritten {
  readonly version: number;
  readonly incidentColumns: IncidentColumns;
}

/**
 * Writes the rows of deployments and incidents: of the days that are not as they were written last. A deployment changes
 * with its pull request, with the rules, the corrections and the teams, and with nothing else, so only days of pull
 * requests that changed are looked at; an incident changes with others of its repository too: they are compared with
 * those that were written last, or, where another process did that, all of them with what is written.
 */
export function createRecordDeliveries(parts: RecordDeliveriesParts): JobHandler {
  const { deliveries } = parts.stores;
  const lastWritten = new Map<string, LastWritten>();
  return {
    lane: 'notices',
    neverGivenUp: { longestPauseMs: 60_000 },
    async run({ workspace }) {
      const before = await computeBasis(parts, workspace);
      const counted = await parts.openDeliveries(workspace);
      // What changes while it is counted is looked for again the next time.
      const basis = (await computeBasis(parts, workspace)) === before ? before : '';
      const last = await deliveries.getRecording(workspace);
      const doubtful = last?.basis === basis ? await findDoubtful(parts, workspace, last) : null;
      const changed = last === null ? null : findChanged(lastWritten.get(workspace), counted, last);
      lastWritten.delete(workspace);
      const isFew = doubtful !== null && changed !== null;
      await writeDays(parts, { workspace, counted, doubtful, among: isFew ? [...doubtful, ...changed] : null });
      const { version, incidentColumns } = counted;
      await deliveries.noteRecording(workspace, { version, basis });
      lastWritten.set(workspace, { version, incidentColumns });
      return 'done';
    },
  };
}

/** What else than facts deployments are made with: rules, corrections, and teams kept by hand. */
async function computeBasis({ stores }: RecordDeliveriesParts, workspace: string): Promise<string> {
  const teams = await stores.teams.listManual(workspace);
  return digest([await stores.settings.get(workspace), await stores.corrections.list(workspace), teams]);
}

/** The days of which a deployment may be another than is written; `null`: all. */
async function findDoubtful(
  { stores }: RecordDeliveriesParts,
  workspace: string,
  { basis, version }: DeliveryRecording,
): Promise<ReadonlySet<number> | null> {
  return basis === '' ? null : stores.deliveries.listChangedDays(workspace, version, mostChanged);
}

/** The days of which an incident is another than is written; `null`: nobody here knows. */
function findChanged(
  written: LastWritten | undefined,
  { incidentColumns }: CountedDeliveries,
  { version }: DeliveryRecording,
): ReadonlySet<number> | null {
  if (written?.version !== version) return null;
  const instants = listChangedIncidents(written.incidentColumns, incidentColumns);
  return instants && new Set(instants.map(toDay));
}

interface Writing {
  readonly workspace: string;
  readonly counted: CountedDeliveries;
  readonly doubtful: ReadonlySet<number> | null;
  /** The days that may not be as they are written; `null`: any. */
  readonly among: readonly number[] | null;
}

async function writeDays(
  { stores: { deliveries } }: RecordDeliveriesParts,
  { workspace, counted, doubtful, among }: Writing,
): Promise<void> {
  const written = await deliveries.listDigests(workspace, among);
  const listIncidents = among === null ? cutIntoDays(counted.incidents) : (day: number) => counted.listIncidents(day);
  for (const day of among === null ? listDays(counted, written) : toAscending(among)) {
    const isDoubtful = doubtful?.has(day) ?? true;
    const found = await readDay(day, counted, { incidents: listIncidents(day), written: written.get(day), isDoubtful });
    if (found !== null) await deliveries.replaceDay(workspace, found);
    // A long history is looked through in pieces: notices and pages come in between.
    await breathe();
  }
}

/** Days that have something or had. */
function listDays({ days, incidents }: CountedDeliveries, written: ReadonlyMap<number, unknown>): number[] {
  return toAscending([...written.keys(), ...days, ...incidents.map(({ createdAt }) => toDay(createdAt))]);
}

/** Each once. */
function toAscending(days: readonly number[]): number[] {
  return [...new Set(days)].sort((one, other) => one - other);
}

/** The UTC day, counted since 1970. */
function toDay(at: Instant): number {
  return Math.floor(at / dayMs);
}

interface Written {
  readonly incidents: readonly Incident[];
  readonly written: DayDigests | undefined;
  /** Whether its deployments may be others than written. */
  readonly isDoubtful: boolean;
}

const nothing: DayDigests = { deployments: '', incidents: '' };

/** The day as it is to be written; `null`: it is written so. Deployments that cannot have changed are not read. */
async function readDay(
  day: number,
  counted: CountedDeliveries,
  { incidents, written = nothing, isDoubtful }: Written,
): Promise<DeliveryDay | null> {
  const ofIncidents = digest(incidents);
  if (!isDoubtful && ofIncidents === written.incidents) return null;
  const deployments = await counted.readDeployments(day);
  const digests = { deployments: digest(deployments), incidents: ofIncidents };
  const isWritten = digests.deployments === written.deployments && digests.incidents === written.incidents;
  return isWritten ? null : { day, deployments, incidents, digests };
}

function cutIntoDays(incidents: readonly Incident[]): (day: number) => readonly Incident[] {
  return (day) => incidents.slice(findFirst(incidents, day * dayMs), findFirst(incidents, (day + 1) * dayMs));
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
