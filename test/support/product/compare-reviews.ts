import { readCsv } from '../facts/read-csv';
import type { NaiveQuestion } from '../naive/facts';
import { phases } from '../naive/phases';
import { computeNaiveReviews, type NaiveReview } from '../naive/reviews';
import { cutDigits, toQueryOf, toRange, without } from './compare-with-world';
import type { RunningProduct } from './start-product';

type Api = Pick<RunningProduct, 'get' | 'getText'>;
type Report = Record<string, unknown>;

/** Changes & Reviews of the API beside the naive ones, for a test to compare. */
export async function answerBothReviews(api: Api, reviews: readonly NaiveReview[], question: NaiveQuestion) {
  const report = await api.get<Report>(`/metrics/reviews?${toQueryOf(question)}`);
  const completeness = report['completeness'] as Record<string, number>;
  const found = {
    ...without([report], 'workspace', 'completeness')[0],
    incomplete_pull_requests: completeness['incomplete_pull_requests'],
    unsized_pull_requests: completeness['unsized_pull_requests'],
  };
  return { report, found: cutDigits(found), expected: cutDigits(toReport(reviews, question)) };
}

/** In the JSON of `GET /metrics/reviews`, without `workspace` and with the part of `completeness` under filters. */
function toReport(reviews: readonly NaiveReview[], question: NaiveQuestion): Report {
  const { metrics, ...rest } = computeNaiveReviews(reviews, question);
  return {
    range: toRange(question),
    ...metrics,
    phases: rest.phases,
    merged: rest.merged,
    incomplete_pull_requests: rest.incomplete,
    unsized_pull_requests: rest.unsized,
  };
}

interface Metric {
  readonly series: readonly Report[];
}

/** The rows of the CSV of a metric route as lines, and those that its JSON gives: a row a metric, then a row a bucket. */
export async function readBothForms(
  api: Api,
  route: string,
  { report, question }: { readonly report: Report; readonly question: NaiveQuestion },
) {
  const csv = readCsv(await api.getText(`${route}?${toQueryOf(question)}&format=csv`));
  const rows = Object.entries(report).flatMap(([name, value]) =>
    isMetric(value) ? toRows(name, value, question) : [],
  );
  return { csv: csv.map(toLine), json: rows.map(toLine) };
}

function isMetric(value: unknown): value is Metric {
  return typeof value === 'object' && value !== null && 'series' in value;
}

function toRows(name: string, { series, ...whole }: Metric, { from, to, interval }: NaiveQuestion): Report[] {
  const all = [
    { ...whole, note: toNote(name, whole), part: 'range', start: from, end: to },
    ...series.map((bucket) => ({ ...bucket, part: interval })),
  ];
  return name === 'phases'
    ? phases.flatMap((phase) => all.map((row) => toPhaseRow(row, phase)))
    : all.map((row) => ({ ...row, metric: name }));
}

function toNote(name: string, whole: Report): string {
  const isTooFew = name !== 'deployment_frequency' && whole['level'] === null && whole['value'] !== null;
  return isTooFew ? 'too few to tell' : '';
}

function toPhaseRow({ mean, ...row }: Report, phase: string): Report {
  return { ...row, metric: `phase_${phase}`, mean: (mean as Record<string, number> | null)?.[phase] ?? null };
}

/** Its cells by name, without what is unknown. */
function toLine(row: Report): string {
  const cells = Object.entries(row).filter(([, value]) => value !== null && value !== '');
  const texts = cells.map(([name, value]) => `${name}=${String(value)}`);
  return texts.sort().join(' ');
}
