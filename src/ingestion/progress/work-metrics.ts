import { Counter, Gauge, type Registry } from 'prom-client';
import type { AnswerClass } from '../../bitbucket/client/describe-answer';
import type { Instant } from '../../domain/instant';
import type { WholeWork } from '../../store/work/work-counts';
import type { JobHandlers } from '../jobs/job-handler';
import { usualLimit } from '../requests/traffic';
import type { WorkParts } from '../requests/work-parts';
import { toAge } from './work-status';

interface WorkMetricsParts extends Pick<WorkParts, 'stores' | 'clock'> {
  readonly handlers: JobHandlers;
  readonly requestsPerHour: number | null;
  /** Milliseconds that Bitbucket's clock is ahead; `null`: not known yet. */
  readonly getBitbucketAhead: () => number | null;
}

interface Found extends WholeWork {
  readonly now: Instant;
  /** Of the hour, over all workspaces; and what the one with the least has left. */
  readonly used: number;
  readonly left: number | null;
  readonly laneOf: (kind: string) => string;
}

type Sample = readonly [value: number, labels?: Readonly<Record<string, string>>];

interface Definition {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  readonly toSamples: (found: Found) => readonly Sample[];
}

const gauges: readonly Definition[] = [
  {
    name: 'drumbeat_jobs_waiting',
    help: 'Jobs that are due, those under way among them',
    labels: ['lane', 'kind'],
    toSamples: ({ kinds, laneOf }) => kinds.map(({ kind, waiting }) => [waiting, { lane: laneOf(kind), kind }]),
  },
  {
    name: 'drumbeat_oldest_job_age_seconds',
    help: 'Since when the job that is due longest has been due',
    labels: ['lane', 'kind'],
    toSamples: ({ kinds, laneOf, now }) =>
      kinds.map(({ kind, oldestDueAt: at }) => [at === null ? 0 : toAge(at, now), { lane: laneOf(kind), kind }]),
  },
  {
    name: 'drumbeat_jobs_given_up',
    help: 'Jobs that failed again and again and wait to be asked for again',
    labels: ['kind'],
    toSamples: ({ kinds }) => kinds.map(({ kind, givenUp }) => [givenUp, { kind }]),
  },
  {
    name: 'drumbeat_notices_waiting',
    help: 'Notices that are kept and not worked off',
    toSamples: ({ noticesWaiting }) => [[noticesWaiting]],
  },
  {
    name: 'drumbeat_oldest_notice_age_seconds',
    help: 'Since when the oldest notice that is not worked off waits; 0: none does',
    toSamples: ({ oldestNoticeAt: at, now }) => [[at === null ? 0 : toAge(at, now)]],
  },
  {
    name: 'drumbeat_bitbucket_requests_last_hour',
    help: 'Requests of the last hour as the budget counts them, of all workspaces',
    toSamples: ({ used }) => [[used]],
  },
  {
    name: 'drumbeat_bitbucket_requests_left',
    help: 'Requests left of this hour to the workspace that has the fewest left',
    toSamples: ({ left }) => (left === null ? [] : [[left]]),
  },
];

const repairs: Definition = {
  name: 'drumbeat_repaired_pull_requests_total',
  help: 'Pull requests that reconciliation found missing or different and no notice had told of',
  toSamples: ({ repaired }) => [[repaired]],
};

/**
 * What is to be known of work from outside. Whatever must be right after a restart is read from the database when it is
 * asked for, once for all of it; no workspace is named, of which there may be many.
 */
export function registerWorkMetrics(metrics: Registry, parts: WorkMetricsParts): void {
  const read = createSharedReading(() => readAll(parts));
  const common = ({ name, help, labels = [] }: Definition) => ({
    name,
    help,
    labelNames: labels,
    registers: [metrics],
  });
  for (const definition of gauges) {
    new Gauge({
      ...common(definition),
      async collect() {
        const found = await read();
        forget(this, definition.labels);
        for (const [value, labels = {}] of found === null ? [] : definition.toSamples(found)) this.set(labels, value);
      },
    });
  }
  new Counter({
    ...common(repairs),
    async collect() {
      const found = await read();
      forget(this);
      for (const [value] of found === null ? [] : repairs.toSamples(found)) this.inc(value);
    },
  });
  registerClock(metrics, parts.getBitbucketAhead);
}

/** While the database does not answer there is no value: one of before, or nought, would be made up. */
function forget(metric: Gauge | Counter, labels: readonly string[] = []): void {
  metric.reset();
  // One without labels begins anew with nought.
  if (labels.length === 0) metric.remove();
}

/** What this process has asked, since it started. */
export function createAnswerCounter(metrics: Registry): (answer: AnswerClass) => void {
  const answers = new Counter({
    name: 'drumbeat_bitbucket_answers_total',
    help: 'Requests that this process has sent to Bitbucket, by what became of them',
    labelNames: ['outcome'],
    registers: [metrics],
  });
  return (outcome) => answers.inc({ outcome });
}

function registerClock(metrics: Registry, getAhead: () => number | null): void {
  new Gauge({
    name: 'bitbucket_clock_offset_seconds',
    help: "By how much Bitbucket's clock is ahead of this machine's (behind: negative), by its last answer",
    registers: [metrics],
    collect() {
      forget(this);
      const ahead = getAhead();
      if (ahead !== null) this.set(ahead / 1000);
    },
  });
}

/** Those who ask at once are answered by one reading; `null`: it failed. */
function createSharedReading<T>(read: () => Promise<T>): () => Promise<T | null> {
  let under: Promise<T | null> | null = null;
  return () => {
    under ??= read()
      .catch(() => null)
      .finally(() => (under = null));
    return under;
  };
}

async function readAll({ stores, clock, handlers, requestsPerHour }: WorkMetricsParts): Promise<Found> {
  const now = clock.now();
  const [work, requests] = await Promise.all([stores.workCounts.readAll(now), stores.workCounts.readRequests(now)]);
  const left = requests.map(({ used, granted }) => Math.max(0, (requestsPerHour ?? granted ?? usualLimit) - used));
  return {
    ...work,
    now,
    used: requests.reduce((sum, { used }) => sum + used, 0),
    left: left.length === 0 ? null : Math.min(...left),
    laneOf: (kind) => handlers[kind]?.lane ?? 'none',
  };
}
