import { z } from 'zod';
import { orNull, read } from '../client/payload';

/** Lines of one file, or of a whole change. */
export interface Size {
  readonly linesAdded: number;
  readonly linesRemoved: number;
}

/** What `toFileSize` reads, for `fields=`. */
export const fileSizeFields = ['status', 'lines_added', 'lines_removed'];

const lines = orNull(z.int().nonnegative());
const body = z.object({ lines_added: lines, lines_removed: lines });

/** One file of a diffstat; a binary one has no lines. @throws UnreadablePayload */
export function toFileSize(payload: unknown): Size {
  const file = read(body, payload);
  return { linesAdded: file.lines_added ?? 0, linesRemoved: file.lines_removed ?? 0 };
}
