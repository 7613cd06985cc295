import { createHash, randomUUID } from 'node:crypto';
import type { FormRequest, RoomsDependencies } from '../frame/page-dependencies';
import { readOne } from '../filter/page-parameters';

/** The name of the hidden field with the once-only mark of a form that makes something. */
const markField = 'mark';

export function createMark(): string {
  return randomUUID();
}

const markForm = /^[0-9a-f-]{36}$/u;
/** What may differ between a request and its repetition. */
const passing = new Set(['session', 'theme']);

/**
 * Does the work the first time that this form comes with these values, and tells what came of it; `null`: it was done
 * before. A second click and a reload repeat both mark and values; who goes back and types something else means
 * something else. Work that fails is not done: the same form may come again. Without a mark of ours nothing is done.
 */
export async function doOnce<T>(
  request: FormRequest,
  { administration }: RoomsDependencies,
  work: () => Promise<T>,
): Promise<{ readonly made: T } | null> {
  const { workspace } = request.caller;
  const print = formatPrint(request);
  if (print === null || !(await administration.claimSubmission(workspace, print))) {
    return null;
  }
  try {
    return { made: await work() };
  } catch (error) {
    await administration.releaseSubmission(workspace, print);
    throw error;
  }
}

/** The form and what was typed into it; `null` without a mark. */
function formatPrint({ parameters }: FormRequest): string | null {
  if (!hasMark({ parameters })) {
    return null;
  }
  const sent = Object.entries(parameters)
    .filter(([name]) => !passing.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sent)).digest('base64url');
}

export function hasMark({ parameters }: Pick<FormRequest, 'parameters'>): boolean {
  return markForm.test(readOne(parameters, markField) ?? '');
}
