import { formatDate, formatDateTime, formatLocalDate } from '../../../presentation/format/dates';
import { formatCounted } from '../../../presentation/format/numbers';
import type { MarkView } from '../../../presentation/rows/row-cell';
import type { ConnectionState } from '../../../routing/web-dependencies';

const states: Readonly<Record<ConnectionState['status'], MarkView>> = {
  live: { word: 'Connected', tone: 'success' },
  disabled: { word: 'Switched off', tone: 'warning' },
  revoked: { word: 'Refused', tone: 'danger' },
  uninstalled: { word: 'Disconnected', tone: 'danger' },
  superseded: { word: 'Replaced', tone: 'neutral' },
};

const ways: Readonly<Record<ConnectionState['kind'], string>> = {
  connect: 'App in Bitbucket (Connect)',
  forge: 'App in Bitbucket (Forge)',
  access_token: 'Access token',
};

/** How the workspace is connected and until when; what is wrong with it stands above, with the command that puts it right. */
export function buildConnectionView(connection: ConnectionState | null, timezone: string) {
  if (connection === null) return null;
  return {
    mark: states[connection.status],
    facts: buildFacts(connection, timezone),
    problems: buildProblems(connection),
  };
}

function buildFacts(connection: ConnectionState, timezone: string) {
  const { kind, repositories, expiry, hook, lastNoticeAt } = connection;
  return [
    { name: 'Connected by', text: formatWay(connection, timezone) },
    {
      name: 'Reaches',
      text: repositories === null ? 'All repositories' : formatCounted(repositories, 'repository', 'repositories'),
    },
    ...(kind === 'access_token' ? [{ name: 'End of the token', text: expiry?.sentence ?? 'Not known' }] : []),
    { name: 'How changes are found', text: hook?.sentence ?? 'Bitbucket calls when something happens.' },
    { name: 'Last notice', text: lastNoticeAt === null ? 'None yet' : formatDateTime(lastNoticeAt, timezone) },
  ];
}

function formatWay({ kind, tokenForm, givenAt }: ConnectionState, timezone: string): string {
  const way = tokenForm === 'api_token' ? 'API token of a person' : ways[kind];
  return givenAt === null ? way : `${way}, given on ${formatDate(formatLocalDate(givenAt, timezone))}`;
}

function buildProblems({ problem, expiry, hook }: ConnectionState) {
  const isEnding = expiry !== null && expiry.announced !== null;
  return [
    ...(problem === null ? [] : [{ tone: 'error', title: 'Bitbucket cannot be read', ...toText(problem) }]),
    ...(isEnding ? [{ tone: 'warning', title: 'The token needs to be renewed', ...toText(expiry) }] : []),
    ...(hook?.isTrouble === true ? [{ tone: 'warning', title: 'The webhook does not work', ...toText(hook) }] : []),
  ];
}

function toText({ sentence, wayOut }: { readonly sentence: string; readonly wayOut: string | null }) {
  return { text: sentence, command: wayOut };
}
