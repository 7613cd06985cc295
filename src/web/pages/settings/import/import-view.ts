import { toClockProblem } from '../../../../ingestion/progress/clock-problem';
import { formatMoreProblems, pickFirstProblems } from '../../../../ingestion/progress/first-problems';
import type { ImportProblem } from '../../../../ingestion/progress/import-problems';
import type { ImportState, ImportStatus } from '../../../../ingestion/progress/import-status';
import type { MarkView } from '../../../presentation/rows/row-cell';
import { formatRemaining } from '../../../presentation/format/durations';
import { formatDateTime } from '../../../presentation/format/dates';
import { formatCount, formatCounted } from '../../../presentation/format/numbers';
import { countShown, type ShownCounts } from './import-counts';
import { importWords as words } from './words';

const states: Record<ImportState, MarkView> = {
  queued: { word: words.states.queued, tone: 'neutral' },
  running: { word: words.states.running, tone: 'information' },
  done: { word: words.states.done, tone: 'success' },
  failed: { word: words.states.failed, tone: 'danger' },
};

/** Of one repository: its import goes on by itself once Bitbucket answers. */
const heldUp: MarkView = { word: words.heldUp, tone: 'danger' };

const { compare } = new Intl.Collator('en', { numeric: true });

/** How far the import is, what it costs and what went wrong, with the next step for each. */
export function buildImportView(status: ImportStatus, { now, timezone }: { now: number; timezone: string }) {
  const counts = countShown(status);
  const { done, total } = counts.pullRequests;
  const isUnderWay = status.state === 'queued' || status.state === 'running';
  return {
    state: states[status.state],
    sentence: formatSentence(status, counts, { now, timezone }),
    detail: formatDetail(status, counts, timezone),
    early: isUnderWay ? words.early : null,
    progress: buildProgress(done, total),
    facts: buildFacts(status, timezone),
    problems: buildProblems(status),
    repositories: buildRows(status),
    sum: total === 0 ? null : { done, total, text: `${formatCount(done)} of ${formatCount(total)}` },
    purposes: formatPurposes(status),
  };
}

function buildRows({ items }: ImportStatus) {
  return items
    .toSorted((a, b) => compare(a.name, b.name))
    .map(({ uuid, name, state, pull_requests: { done, total } }) => ({
      uuid,
      name,
      state: state === 'failed' ? heldUp : states[state],
      progress: buildProgress(done, total, `${formatCount(done)} of ${formatCount(total ?? 0)}`),
    }));
}

/** For `<progress>`; `null` while nobody knows how much there is. */
function buildProgress(done: number, total: number | null, text?: string) {
  return total === null || total === 0 ? null : { done, total, text: text ?? words.pullRequests(done, total) };
}

interface When {
  readonly now: number;
  readonly timezone: string;
}

function formatSentence(status: ImportStatus, { repositories: { done, total } }: ShownCounts, when: When): string {
  const repositories = words.sentence.running(done, total);
  if (status.state === 'queued') {
    return status.problems.length === 0 ? words.sentence.queued : words.sentence.heldUp;
  }
  if (status.state === 'running') {
    return `${repositories} ${formatFinish(status.eta_seconds, when)}`;
  }
  if (status.state === 'failed') {
    return words.sentence.failed;
  }
  if (total === 0) return words.sentence.nothing;
  return done < total ? `${repositories} ${words.sentence.partly}` : repositories;
}

function formatFinish(etaSeconds: number | null, { now, timezone }: When): string {
  return etaSeconds === null
    ? words.sentence.noFinish
    : words.sentence.finish(formatRemaining(etaSeconds), formatDateTime(now + etaSeconds * 1000, timezone));
}

/** While it runs: pull requests, how many a minute, and what is left of the requests of the hour. */
function formatDetail({ state, requests }: ImportStatus, { pullRequests, perMinute }: ShownCounts, timezone: string) {
  if (state !== 'running') return null;
  const { used, limit, window_ends_at: ends } = requests;
  const until = ends === null ? null : formatDateTime(Date.parse(ends), timezone);
  const rate = perMinute === null ? '' : words.rate(perMinute);
  const done = pullRequests.total === 0 ? '' : `${words.pullRequests(pullRequests.done, pullRequests.total)}${rate}. `;
  return `${done}${words.requests(limit, Math.max(0, limit - used), until)}`;
}

/** Bitbucket does not call: how old a number may be. */
function buildPollingFacts({ polling }: ImportStatus, timezone: string) {
  if (polling === undefined) return [];
  const { every_minutes: every, looked_at: at } = polling;
  const last = at === null ? words.facts.notLooked : words.facts.looked(formatDateTime(Date.parse(at), timezone));
  return [{ name: words.facts.changes, text: words.facts.polled(formatCounted(every, 'minute'), last) }];
}

function buildFacts(status: ImportStatus, timezone: string) {
  const { requests, sizes, notices } = status;
  const { facts } = words;
  const ends = requests.window_ends_at;
  const end = ends === null ? null : formatDateTime(Date.parse(ends), timezone);
  return [
    ...buildPollingFacts(status, timezone),
    { name: facts.requests, text: facts.requestsText(requests.used, requests.limit, end) },
    { name: facts.sizes, text: facts.sizesText(sizes.done, sizes.total) },
    { name: facts.waiting, text: formatCount(notices.waiting) },
    { name: facts.unreadable, text: facts.unreadableText(notices.unreadable) },
  ];
}

function formatPurposes({ requests }: ImportStatus): string | null {
  const spent = Object.entries(requests.by_purpose).toSorted(([, a], [, b]) => b - a);
  return spent.length === 0
    ? null
    : spent.map(([purpose, count]) => `${purpose.replaceAll('_', ' ')} ${formatCount(count)}`).join(', ');
}

function buildClockProblems({ clock_ahead_seconds: ahead }: ImportStatus) {
  const { clock: title, clockNext: next } = words.problems;
  return ahead === null ? [] : [{ title, text: toClockProblem(ahead), next }];
}

/** What is wrong, with the next step for each; other sections name the first of these. */
export function buildProblems(status: ImportStatus) {
  const { first, more } = pickFirstProblems(status.problems);
  const others = { title: words.problems.more, text: formatMoreProblems(more), next: words.problems.goesOn };
  return [
    ...buildClockProblems(status),
    ...first.map((problem) => buildProblem(problem, status)),
    ...(more === 0 ? [] : [others]),
  ];
}

function buildProblem({ repository, message: text }: ImportProblem, status: ImportStatus) {
  const { problems } = words;
  if (repository !== null) {
    return buildRepositoryProblem(repository, text, status);
  }
  if (status.state === 'queued' || status.state === 'running') {
    return { title: problems.waiting, text, next: problems.goesOn };
  }
  return status.access_refused === true || status.state === 'failed'
    ? { title: problems.unreadable, text, next: problems.unreadableNext }
    : { title: problems.notCompared, text, next: problems.comparedLater };
}

/** A repository is held up with its import, or, imported before, with its comparison. */
function buildRepositoryProblem(repository: string, text: string, { items }: ImportStatus) {
  const { problems } = words;
  const isImported = items.some(({ slug, state }) => slug === repository && state === 'done');
  return isImported
    ? { title: problems.repositoryNotCompared(repository), text, next: problems.comparedLater }
    : { title: problems.repositoryNotImported(repository), text, next: problems.repositoryNext };
}

/** Which workspace, what is read and how long it takes: shown until the import is done. */
export function buildConfirmation({ slug, uuid }: { slug: string; uuid: string }, importDays: number | null): string[] {
  const { connected, read, time } = words.confirmation;
  return [connected(slug === '' ? uuid : slug), read(importDays), time];
}
