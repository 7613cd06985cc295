import { createHash, randomUUID } from 'node:crypto';
import type { PageRequest, PagesDependencies } from '../page-dependencies';
import { readOne } from '../page-parameters';

/** The name of the hidden field with the once-only mark of a form that makes something. */
export const markField = 'mark';

export function createMark(): string {
  return randomUUID();
}

const markForm = /^[0-9a-f-]{36}$/u;
/** What may differ between a request and its repetition. */
const passing = new Set(['session', 'theme']);

/**
 * Whether this is the first time that this form comes with these values. A second click and a reload repeat both; who
 * goes back and types something else means something else. A form without a mark of ours is never the first.
 */
export async function claimOnce(
  { caller, parameters }: PageRequest,
  { administration }: PagesDependencies,
): Promise<boolean> {
  const mark = readOne(parameters, markField) ?? '';
  if (!markForm.test(mark)) {
    return false;
  }
  const sent = Object.entries(parameters)
    .filter(([name]) => !passing.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const print = createHash('sha256').update(JSON.stringify(sent)).digest('base64url');
  return administration.claimSubmission(caller.workspace, print);
}

export function hasMark({ parameters }: Pick<PageRequest, 'parameters'>): boolean {
  return markForm.test(readOne(parameters, markField) ?? '');
}
