import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { isOneOf, selectRows, toBatches, toJson } from '../database/table';
import { toStorableText } from '../database/storable-text';
import { keyColumns, type PullRequestKey } from './read-recorded';

/** What a pull request is called, and by whom it is. */
export interface PullRequestWords extends PullRequestKey {
  readonly title: string;
  readonly sourceBranch: string | null;
  /** With braces; `null` when the author is unknown. */
  readonly authorUuid: string | null;
}

/** Which merged pull requests are looked for, newest merge first. */
export interface WordSearch {
  /** Held by the title or the source branch, whatever the case of ASCII letters. */
  readonly text: string;
  /** `null`: the text is no number. */
  readonly number: number | null;
  readonly authors: readonly string[];
  readonly startAt: Instant;
  /** Exclusive. */
  readonly endAt: Instant;
  readonly limit: number;
}

const wordList =
  'p.repository AS "repositoryUuid", p.number AS number, p.title AS title, p.source_branch AS "sourceBranch", p.author AS "authorUuid"';

/**
 * Candidates: letters beyond ASCII, whose case databases see differently, pass as any letter, so that whoever asks looks
 * once more.
 */
export async function findWords(
  database: Database,
  workspace: string,
  { text, number, authors, startAt, endAt, limit }: WordSearch,
): Promise<PullRequestWords[]> {
  const isLike = database.dialect === 'sqlite' ? 'LIKE' : 'ILIKE';
  const isBy = isOneOf(database.dialect, 'p.author', { parameter: '$6', type: 'text' });
  return database.read<PullRequestWords>(
    `SELECT ${wordList} FROM pull_requests p
     WHERE p.workspace = $1 AND p.merged_at >= $2 AND p.merged_at < $3 AND p.sealed_at IS NOT NULL
       AND (p.title ${isLike} $4 ESCAPE '!' OR p.source_branch ${isLike} $4 ESCAPE '!' OR p.number = $5 OR ${isBy})
     ORDER BY p.merged_at DESC LIMIT $7`,
    [workspace, startAt, endAt, toPattern(toStorableText(text)), number ?? -1, toJson(authors), limit],
  );
}

/** A text anywhere, as `LIKE` is asked for it: its own signs are escaped. */
export function toPattern(text: string): string {
  const letters = Array.from(text, (letter) => (/[%_!]/u.test(letter) ? `!${letter}` : letter));
  return `%${letters.map((letter) => ((letter.codePointAt(0) ?? 0) > 0x7f ? '_' : letter)).join('')}%`;
}

/** Of pull requests in any state, in no order. */
export async function readWords(
  database: Database,
  workspace: string,
  keys: readonly PullRequestKey[],
): Promise<PullRequestWords[]> {
  const found: PullRequestWords[] = [];
  for (const batch of toBatches(keys)) {
    const rows = await database.read<PullRequestWords>(
      `SELECT ${wordList} FROM ${selectRows(database.dialect, '$2', keyColumns)} AS k CROSS JOIN pull_requests p
       WHERE p.workspace = $1 AND p.repository = k.repository AND p.number = k.number`,
      [workspace, toJson(batch.map(({ repositoryUuid, number }) => ({ repositoryUuid, number })))],
    );
    found.push(...rows);
  }
  return found;
}
