import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import { formatCount } from '../../presentation/format/numbers';
import { dayWords } from './words';

interface Fact {
  readonly name: string;
  readonly text: string;
  /** Why the text is `—`. */
  readonly note: string | null;
}

const { facts: words } = dayWords;

/** The numbers of the API for the range of this one day. */
export function buildFacts({ report, began }: { readonly report: AccelerateReport; readonly began: number }): Fact[] {
  const { deployment_frequency, lead_time_for_changes, change_failure_rate, time_to_recover, rework_rate } = report;
  const { deployments } = deployment_frequency;
  const orNone = (text: string | null, note: string) =>
    text === null ? { text: words.none, note } : { text, note: null };
  const share = (part: number, n: number) => orNone(n === 0 ? null : words.share(part, n), words.nothing);
  return [
    { name: words.frequency, text: formatCount(deployments), note: null },
    {
      name: words.leadTime,
      ...orNone(words.duration(lead_time_for_changes.value, lead_time_for_changes.n, 'commit'), words.noChange),
    },
    { name: words.failureRate, ...share(change_failure_rate.failed, change_failure_rate.n) },
    { name: words.incidents, text: formatCount(began), note: null },
    {
      name: words.recovery,
      ...orNone(words.duration(time_to_recover.value, time_to_recover.n, 'incident'), words.noIncident),
    },
    { name: words.rework, ...share(rework_rate.rework, rework_rate.n) },
  ];
}
