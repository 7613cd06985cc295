import type { ConnectionDescription } from '../../doors/access-token/describe-connection';
import type { Instant } from '../../domain/instant';
import type { ImportStatus } from '../../ingestion/progress/import-status';
import type { Terminal } from '../terminal/terminal';
import { indentText, wrapText } from '../terminal/wrap-text';
import { listProblems, type WorkspaceStatus } from './status-data';
import { describeDay, describeDistance } from './times';

const labelWidth = 14;
const indent = ' '.repeat(labelWidth);
const ways: Readonly<Record<ConnectionDescription['kind'], string>> = {
  connect: 'the Connect app',
  access_token: 'an access token',
  forge: 'the Forge app',
};
const states: Readonly<Record<ConnectionDescription['status'], string>> = {
  live: 'connected by',
  superseded: 'superseded; came by',
  disabled: 'switched off; came by',
  uninstalled: 'disconnected; came by',
  revoked: 'refused by Bitbucket; came by',
};

/** One workspace: its name, and below it what there is to know, what needs somebody last. */
export function toStatusText(one: WorkspaceStatus, terminal: Pick<Terminal, 'width' | 'paint'>, now: Instant): string {
  const { workspace } = one.connection;
  const lines = listLines(one, now).map(([label, text]) => `${label.padEnd(labelWidth)}${wrap(text, terminal)}`);
  const problems = listProblems(one).map(({ sentence, wayOut }) => {
    const text = wrap(wayOut === null ? sentence : `${sentence} → ${wayOut}`, terminal);
    return `${terminal.paint('yellow', 'Look here'.padEnd(labelWidth))}${text}`;
  });
  const head = `${terminal.paint('bold', workspace.name)} (${workspace.slug})`;
  return [head, ...[...lines, ...problems].map((line) => `  ${line.replaceAll('\n', '\n  ')}`)].join('\n');
}

function wrap(text: string, { width }: Pick<Terminal, 'width'>): string {
  return indentText(wrapText(text, Math.max(width - labelWidth - 2, labelWidth)), indent);
}

function listLines({ connection, progress, hookSeenAt }: WorkspaceStatus, now: Instant): readonly [string, string][] {
  const { status, hook, lastNoticeAt, verifiedAt } = connection;
  const ago = (instant: Instant): string => describeDistance(instant - now);
  const lines: readonly [string, string | null][] = [
    ['Connection', `${states[status]} ${describeWay(connection)}`],
    ['Token', describeToken(connection, now)],
    ['Webhook', hook && `${hook.sentence}${hookSeenAt === null ? '' : ` Looked at ${ago(hookSeenAt)}.`}`],
    ['Last notice', lastNoticeAt === null ? 'none yet' : ago(lastNoticeAt)],
    ['Compared', verifiedAt === null ? 'not yet' : `with Bitbucket ${ago(verifiedAt)}`],
    ['Requests', describeRequests(progress)],
    ['Import', describeImport(progress)],
  ];
  return lines.flatMap(([label, text]) => (text === null ? [] : [[label, text]]));
}

function describeWay({ kind, tokenForm, repositories }: ConnectionDescription): string {
  const way = tokenForm === 'api_token' ? 'the API token of a person' : ways[kind];
  if (repositories === null) return way;
  return `${way}, of ${repositories === 1 ? 'one repository' : `${count(repositories)} repositories`} alone`;
}

function describeToken({ givenAt, expiry, tokenForm }: ConnectionDescription, now: Instant): string | null {
  if (tokenForm === null) return null;
  const given = givenAt === null ? null : `given on ${describeDay(givenAt)}`;
  const ends =
    expiry === null
      ? 'nobody said when it ends'
      : `${expiry.endsAt > now ? 'ends' : 'ended'} on ${describeDay(expiry.endsAt)} (${describeDistance(expiry.endsAt - now)})`;
  return [given, ends].filter((one) => one !== null).join(', ');
}

function describeRequests({ requests: { used, limit } }: ImportStatus): string {
  return `${count(used)} of ${count(limit)} in the last hour, ${count(Math.max(0, limit - used))} left`;
}

function describeImport({ state, pull_requests, repositories }: ImportStatus): string {
  const through = `${count(pull_requests.done)} of ${count(pull_requests.total)} pull requests`;
  switch (state) {
    case 'queued':
      return 'has not begun';
    case 'running':
      return `is under way: ${through}`;
    case 'failed':
      return 'has failed';
    case 'done':
      return `done: ${count(pull_requests.done)} pull requests of ${count(repositories.total)} repositories`;
  }
}

const count = (number: number): string => number.toLocaleString('en-GB');
