import { readFileSync } from 'node:fs';
import { buildHistory } from './build-history';
import { createWorkspace } from '../growth/sample-world';
import { createAccount } from '../people';
import { pullRequestLine, type PullRequestLine } from './pull-request-line';
import type { Account, Group, Instant, World } from '../model';

export interface HistoryOptions {
  /** Default: the newest merge of the file. */
  readonly now?: Instant;
  /**
   * `derived` (default): a pull request whose merge lies in a later one's commits went to that one's source branch.
   * `main`: every pull request was merged into the main branch, whatever its commits say.
   */
  readonly destinations?: 'derived' | 'main';
  /** Moves all times by whole weeks, so that the newest merge lies in the week before this instant. */
  readonly shiftTo?: Instant;
}

/** Reads the lines; of a number that comes twice the later merge counts. Oldest merge first. */
export function readHistoryLines(file: string): PullRequestLine[] {
  const byNumber = new Map<number, PullRequestLine>();
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    if (text.trim() !== '') {
      const line = pullRequestLine.parse(JSON.parse(text));
      const known = byNumber.get(line.pr);
      byNumber.set(line.pr, known !== undefined && mergedAt(known) > mergedAt(line) ? known : line);
    }
  }
  return [...byNumber.values()].sort((one, other) => mergedAt(one) - mergedAt(other));
}

function mergedAt(line: PullRequestLine): Instant {
  return Date.parse(line.merged_at);
}

/** A workspace with one repository made of real merged pull requests. */
export function loadHistory(file: string, options: HistoryOptions = {}): World {
  const lines = shift(readHistoryLines(file), options.shiftTo ?? null);
  const names = new Set(lines.flatMap(namesIn));
  const people = new Map([...names].map((name): [string, Account] => [name, createAccount(name)]));
  const everybody = [...people.values()];
  const now = options.now ?? Math.max(...lines.map(mergedAt));
  const repository = buildHistory(lines, { people, destinations: options.destinations ?? 'derived', now });
  const owner = everybody[0] ?? createAccount('Owner');
  const staff = { people: [owner, ...everybody.slice(1)], owner };
  const groups = toGroups(lines, people);
  return {
    seed: 0,
    workspaces: [createWorkspace('history', { name: 'Real history', staff, groups, repositories: [repository], now })],
  };
}

/** Weekdays and times of day stay as they were. */
function shift(lines: PullRequestLine[], to: Instant | null): PullRequestLine[] {
  const week = 7 * 86_400_000;
  const weeks = to === null ? 0 : Math.floor((to - Math.max(...lines.map(mergedAt))) / week);
  const move = (text: string): string => new Date(Date.parse(text) + weeks * week).toISOString();
  const moveCommit = (one: PullRequestLine['commits'][number]): PullRequestLine['commits'][number] => ({
    ...one,
    author_date: move(one.author_date),
    committer_date: move(one.committer_date),
  });
  return lines.map((line) => ({ ...line, merged_at: move(line.merged_at), commits: line.commits.map(moveCommit) }));
}

function namesIn(line: PullRequestLine): string[] {
  return [line.pr_author_name, line.merged_by_name, ...line.approved_by, ...line.commits.map((one) => one.author_name)];
}

/** The file knows no groups: the busiest half of the authors, and everybody who ever opened a pull request. */
function toGroups(lines: readonly PullRequestLine[], people: ReadonlyMap<string, Account>): Group[] {
  const counts = new Map<string, number>();
  lines.forEach((line) => counts.set(line.pr_author_name, (counts.get(line.pr_author_name) ?? 0) + 1));
  const authors = [...counts].sort(([, one], [, other]) => other - one).map(([name]) => people.get(name)?.uuid ?? '');
  const core = authors.slice(0, Math.max(2, Math.ceil(authors.length / 4)));
  return [
    { slug: 'core', name: 'Core', memberUuids: core },
    { slug: 'authors', name: 'Authors', memberUuids: authors },
    { slug: 'lead', name: 'Lead', memberUuids: authors.slice(0, 1) },
  ];
}
