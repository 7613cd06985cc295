import { cut, listDates, pick, toLocalDate, type Span } from './calendar';
import { passes, type NaiveIncident, type NaiveMerge, type NaiveQuestion } from './facts';
import { findLevels, findLowest } from './levels';
import { only, share, summarise } from './statistics';

/* The Accelerate metrics from docs/definitions.md, 5, over arrays of objects: slow and plain. */

export interface NaiveDelivery {
  /** To whatever branch. */
  readonly merges: readonly NaiveMerge[];
  /** Of all of them. */
  readonly incidents: readonly NaiveIncident[];
}

/** What passes the filters, with its local date. */
interface Passing {
  readonly deployments: readonly { readonly merge: NaiveMerge; readonly date: string }[];
  /** Linked ones only: with the deployment that they blame. */
  readonly incidents: readonly { readonly incident: NaiveIncident; readonly date: string }[];
  /** Blamed by an incident, whenever that happened. */
  readonly failed: ReadonlySet<NaiveMerge | null>;
  /** The fix of an incident, linked or not. */
  readonly fixes: ReadonlySet<NaiveMerge>;
}

/** Every metric over the range, with its level where it has levels and its buckets, by the names of the API. */
export function computeNaiveAccelerate(delivery: NaiveDelivery, question: NaiveQuestion) {
  const passing = select(delivery, question);
  const range = { start: question.from, end: question.to };
  const rows = pick(passing.deployments, range);
  const whole = measure(passing, range);
  const buckets = cut(question).map((span) => ({ span, measured: measure(passing, span) }));
  const series = <Key extends keyof typeof whole>(key: Key) =>
    buckets.map(({ span, measured }) => ({ ...span, ...measured[key] }));
  const levels = findLevels(question, {
    dates: rows.map(({ date }) => date),
    lead: whole.lead_time_for_changes,
    failure: whole.change_failure_rate,
    recovery: whole.time_to_recover,
  });
  const complete = <Key extends keyof typeof levels>(key: Key) => ({
    ...whole[key],
    level: levels[key],
    series: series(key),
  });
  return {
    metrics: {
      deployment_frequency: complete('deployment_frequency'),
      lead_time_for_changes: complete('lead_time_for_changes'),
      change_failure_rate: complete('change_failure_rate'),
      time_to_recover: complete('time_to_recover'),
      rework_rate: { ...whole.rework_rate, series: series('rework_rate') },
    },
    overall: findLowest(Object.values(levels)),
    incomplete: rows.filter(({ merge }) => !merge.isComplete).length,
  };
}

function select({ merges, incidents }: NaiveDelivery, question: NaiveQuestion): Passing {
  const deployments = merges.filter((one) => one.isDeployment && passes(one, question));
  const linked = incidents.filter(({ blamed }) => blamed !== null && passes(blamed, question));
  return {
    deployments: deployments.map((merge) => ({ merge, date: toLocalDate(merge.mergedAt, question.zone) })),
    incidents: linked.map((incident) => ({ incident, date: toLocalDate(incident.createdAt, question.zone) })),
    failed: new Set(incidents.map(({ blamed }) => blamed)),
    fixes: new Set(incidents.map(({ fix }) => fix)),
  };
}

function measure({ deployments, incidents, failed, fixes }: Passing, span: Span) {
  const rows = pick(deployments, span).map(({ merge }) => merge);
  const days = listDates(span).length;
  const leadTimes = summarise(
    rows.flatMap(({ mergedAt, changes }) => changes.map(({ createdAt }) => (mergedAt - createdAt) / 1000)),
  );
  const recoveries = summarise(
    pick(incidents, span).map(({ incident }) => (incident.resolvedAt - incident.createdAt) / 1000),
  );
  const count = (some: ReadonlySet<NaiveMerge | null>) => rows.filter((row) => some.has(row)).length;
  return {
    deployment_frequency: { value: rows.length / days, deployments: rows.length, days },
    lead_time_for_changes: only(leadTimes, 'value', 'p75', 'p95', 'n', 'excluded'),
    change_failure_rate: { value: share(count(failed), rows.length), failed: count(failed), n: rows.length },
    // No rule finds an incident before it is resolved.
    time_to_recover: { ...only(recoveries, 'value', 'mean', 'n', 'excluded'), unresolved: 0 },
    rework_rate: { value: share(count(fixes), rows.length), rework: count(fixes), n: rows.length },
  };
}
