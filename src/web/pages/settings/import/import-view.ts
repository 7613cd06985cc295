import { toClockProblem } from '../../../../ingestion/progress/clock-problem';
import { formatMoreProblems, pickFirstProblems } from '../../../../ingestion/progress/first-problems';
import type { ImportProblem } from '../../../../ingestion/progress/import-problems';
import type { ImportState, ImportStatus } from '../../../../ingestion/progress/import-status';
import type { MarkView } from '../../../presentation/rows/row-cell';
import { formatRemaining } from '../../../presentation/format/durations';
import { formatDateTime } from '../../../presentation/format/dates';
import { formatCount, formatCounted } from '../../../presentation/format/numbers';

const states: Record<ImportState, MarkView> = {
  queued: { word: 'Waiting', tone: 'neutral' },
  running: { word: 'Importing', tone: 'information' },
  done: { word: 'Imported', tone: 'success' },
  failed: { word: 'Stopped', tone: 'danger' },
};

/** Of one repository: its import goes on by itself once Bitbucket answers. */
const heldUp: MarkView = { word: 'Held up', tone: 'danger' };

/** How far the import is, what it costs and what went wrong, with the next step for each. */
export function buildImportView(status: ImportStatus, { now, timezone }: { now: number; timezone: string }) {
  return {
    state: states[status.state],
    sentence: formatSentence(status, now, timezone),
    progress: buildProgress(status.pull_requests.done, status.pull_requests.total),
    facts: buildFacts(status, timezone),
    problems: buildProblems(status),
    repositories: status.items.map(({ uuid, name, state, pull_requests: { done, total } }) => ({
      uuid,
      name,
      state: state === 'failed' ? heldUp : states[state],
      progress: buildProgress(done, total),
    })),
    purposes: formatPurposes(status),
  };
}

/** For `<progress>`; `null` while nobody knows how much there is. */
function buildProgress(done: number, total: number | null) {
  return total === null || total === 0
    ? null
    : { done, total, text: `${formatCount(done)} of ${formatCount(total)} pull requests` };
}

function formatSentence(status: ImportStatus, now: number, timezone: string): string {
  const { total, done } = status.repositories;
  const repositories = `${formatCount(done)} of ${formatCounted(total, 'repository', 'repositories')}`;
  if (status.state === 'queued') {
    return status.problems.length === 0
      ? 'The import begins in a moment.'
      : 'The import cannot begin yet; the reason is named on this page. It is tried again by itself.';
  }
  if (status.state === 'running') {
    return `${repositories} done. ${formatFinish(status.eta_seconds, now, timezone)}`;
  }
  if (status.state === 'failed') {
    return 'The import has stopped; the reason is named on this page.';
  }
  return done < total
    ? `${repositories} imported. What holds the others up is named on this page; they are tried again by themselves.`
    : `${repositories} imported.`;
}

function formatFinish(etaSeconds: number | null, now: number, timezone: string): string {
  if (etaSeconds === null) {
    return 'How long it takes is not known yet.';
  }
  return `It should be finished in about ${formatRemaining(etaSeconds)}, at ${formatDateTime(now + etaSeconds * 1000, timezone)}.`;
}

/** Bitbucket does not call: how old a number may be. */
function buildPollingFacts({ polling }: ImportStatus, timezone: string) {
  if (polling === undefined) return [];
  const { every_minutes: every, looked_at: at } = polling;
  const last = at === null ? 'not looked yet' : `last looked on ${formatDateTime(Date.parse(at), timezone)}`;
  return [
    { name: 'Changes', text: `Found every ${formatCounted(every, 'minute')}, since Bitbucket does not call; ${last}` },
  ];
}

function buildFacts(status: ImportStatus, timezone: string) {
  const { requests, sizes, notices } = status;
  const ends = requests.window_ends_at;
  const window = ends === null ? '' : `; the hour ends at ${formatDateTime(Date.parse(ends), timezone)}`;
  return [
    ...buildPollingFacts(status, timezone),
    {
      name: 'Requests to Bitbucket this hour',
      text: `${formatCount(requests.used)} of ${formatCount(requests.limit)}${window}`,
    },
    {
      name: 'Sizes of pull requests',
      text: `${formatCount(sizes.done)} of ${formatCount(sizes.total)} read; they come last`,
    },
    { name: 'Notices waiting', text: formatCount(notices.waiting) },
    {
      name: 'Notices that could not be read',
      text:
        notices.unreadable === 0
          ? '0'
          : `${formatCount(notices.unreadable)}, kept as they came; what they announced is read again within the hour`,
    },
  ];
}

function formatPurposes({ requests }: ImportStatus): string | null {
  const spent = Object.entries(requests.by_purpose).toSorted(([, a], [, b]) => b - a);
  return spent.length === 0
    ? null
    : spent.map(([purpose, count]) => `${purpose.replaceAll('_', ' ')} ${formatCount(count)}`).join(', ');
}

function buildClockProblems({ clock_ahead_seconds: ahead }: ImportStatus) {
  return ahead === null
    ? []
    : [
        {
          title: 'Notices of Bitbucket are refused',
          text: toClockProblem(ahead),
          next: 'Next step: whoever runs Drumbeat lets a time server set the clock of its machine. What was missed is read again by itself, and this message goes with the next notice that is believed.',
        },
      ];
}

function buildProblems(status: ImportStatus) {
  const { first, more } = pickFirstProblems(status.problems);
  const others = { title: 'There is more', text: formatMoreProblems(more), next: goesOn };
  return [
    ...buildClockProblems(status),
    ...first.map((problem) => buildProblem(problem, status)),
    ...(more === 0 ? [] : [others]),
  ];
}

const goesOn = 'It is tried again by itself, and goes on as soon as Bitbucket answers.';
const comesBack = 'It is tried again by itself, and goes on as soon as Bitbucket shows it again.';

function buildProblem({ repository, message: text }: ImportProblem, status: ImportStatus) {
  if (repository !== null) {
    return buildRepositoryProblem(repository, text, status);
  }
  if (status.state === 'queued' || status.state === 'running') {
    return { title: 'The import is waiting', text, next: goesOn };
  }
  return status.access_refused === true || status.state === 'failed'
    ? {
        title: 'The workspace cannot be read',
        text,
        next: 'Next step: an owner of the workspace removes Drumbeat under Installed apps and installs it again. Nothing that was imported is lost.',
      }
    : { title: 'The workspace cannot be compared with Bitbucket', text, next: `${goesOn} ${nothingLost}` };
}

const nothingLost = 'What is merged meanwhile is found then.';

/** A repository is held up with its import, or, imported before, with its comparison. */
function buildRepositoryProblem(repository: string, text: string, { items }: ImportStatus) {
  const isImported = items.some(({ slug, state }) => slug === repository && state === 'done');
  return isImported
    ? { title: `${repository} cannot be compared with Bitbucket`, text, next: `${goesOn} ${nothingLost}` }
    : {
        title: `${repository} could not be imported`,
        text,
        next: `${comesBack} The button in the list below tries it at once. The other repositories are not held up.`,
      };
}
