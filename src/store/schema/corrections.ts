import type { Correction } from '../../domain/corrections/correction';
import { bigint, defineTable, orNull, text } from '../database/table';

export const corrections = defineTable('corrections', ['workspace', 'id'], {
  workspace: text(),
  id: text(),
  kind: text<Correction['kind']>(),
  subject: text(),
  target: orNull(text()),
  reason: text(),
  madeBy: orNull(text()),
  madeAt: bigint,
  undoneAt: orNull(bigint),
  undoneBy: orNull(text()),
});

export const notes = defineTable('notes', ['workspace', 'id'], {
  workspace: text(),
  id: text(),
  date: text(),
  text: text(),
  madeBy: orNull(text()),
  madeAt: bigint,
  editedBy: orNull(text()),
  editedAt: orNull(bigint),
});
