import { formatDate, formatDateTime, formatLocalDate } from '../../../presentation/format/dates';
import { formatCounted } from '../../../presentation/format/numbers';
import type { MarkView } from '../../../presentation/rows/row-cell';
import type { ConnectionState } from '../../../routing/web-dependencies';
import { connectionWords as words } from './words';

const states: Readonly<Record<ConnectionState['status'], MarkView>> = {
  live: { word: words.statuses.live, tone: 'success' },
  disabled: { word: words.statuses.disabled, tone: 'warning' },
  revoked: { word: words.statuses.revoked, tone: 'danger' },
  uninstalled: { word: words.statuses.uninstalled, tone: 'danger' },
  superseded: { word: words.statuses.superseded, tone: 'neutral' },
};

/** How the workspace is connected and until when, and what is wrong with it; `null`: it never was. */
export function buildConnectionView(connection: ConnectionState | null, timezone: string) {
  if (connection === null) return null;
  return {
    mark: states[connection.status],
    facts: buildFacts(connection, timezone),
    problems: buildConnectionProblems(connection),
  };
}

function buildFacts(connection: ConnectionState, timezone: string) {
  const { kind, repositories, expiry, hook, lastNoticeAt } = connection;
  return [
    { name: words.facts.way, text: formatWay(connection, timezone) },
    {
      name: words.facts.reaches,
      text: repositories === null ? words.allRepositories : formatCounted(repositories, 'repository', 'repositories'),
    },
    ...(kind === 'access_token' ? [{ name: words.facts.end, text: expiry?.sentence ?? words.unknown }] : []),
    { name: words.facts.changes, text: hook?.sentence ?? words.called },
    {
      name: words.facts.lastNotice,
      text: lastNoticeAt === null ? words.noNotice : formatDateTime(lastNoticeAt, timezone),
    },
  ];
}

function formatWay({ kind, tokenForm, givenAt }: ConnectionState, timezone: string): string {
  const way = tokenForm === 'api_token' ? words.personalToken : words.ways[kind];
  return givenAt === null ? way : words.givenOn(way, formatDate(formatLocalDate(givenAt, timezone)));
}

/** What is wrong with it, with the command that puts it right. */
export function buildConnectionProblems({ problem, expiry, hook }: ConnectionState) {
  const isEnding = expiry !== null && expiry.announced !== null;
  return [
    ...(problem === null ? [] : [{ tone: 'error' as const, title: words.problems.unreadable, ...toText(problem) }]),
    ...(isEnding ? [{ tone: 'warning' as const, title: words.problems.ending, ...toText(expiry) }] : []),
    ...(hook?.isTrouble === true ? [{ tone: 'warning' as const, title: words.problems.hook, ...toText(hook) }] : []),
  ];
}

function toText({ sentence, wayOut }: { readonly sentence: string; readonly wayOut: string | null }) {
  return { text: sentence, command: wayOut };
}
