/** The steps of a check, in the order in which they are taken. */
export const stepTitles = {
  token: 'Token',
  workspace: 'Workspace',
  repositories: 'Repositories',
  pull_requests: 'Pull requests',
  webhook: 'Webhook',
  pipelines: 'Pipelines',
  members: 'Members',
  groups: 'Groups',
  administrators: 'Administrators',
  address: 'Address',
} as const;
export type Step = keyof typeof stepTitles;

/** What one step found. */
export interface Check {
  readonly step: Step;
  readonly title: string;
  /** `not_allowed`: the token may not, and the rest goes on without. `failed`: nothing works until that is put right. */
  readonly result: 'works' | 'not_allowed' | 'failed' | 'skipped';
  readonly sentence: string;
  /** What to do next; `null`: nothing. */
  readonly wayOut: string | null;
  /** Bitbucket did not answer, so nothing was found out. */
  readonly isUnreachable?: true;
}

/** A finding still without its step. */
export type Finding = Omit<Check, 'step' | 'title'>;

export const works = (sentence: string): Finding => ({ result: 'works', sentence, wayOut: null });
export const skipped = (sentence: string, wayOut: string | null = null): Finding => {
  return { result: 'skipped', sentence, wayOut };
};
export const notAllowed = (sentence: string, wayOut: string | null): Finding => {
  return { result: 'not_allowed', sentence, wayOut };
};
export const failed = (sentence: string, wayOut: string): Finding => ({ result: 'failed', sentence, wayOut });

/** Whatever it was asked for: nothing is known, and nothing was changed. */
export function unreachable(reason: string): Finding {
  const found = failed(
    `Bitbucket cannot be reached (${reason}). Nothing was changed.`,
    'Look whether this machine reaches BITBUCKET_API_URL, then try again.',
  );
  return { ...found, isUnreachable: true };
}

export function toCheck(step: Step, finding: Finding): Check {
  return { step, title: stepTitles[step], ...finding };
}

/** `2,988 pull requests`. */
export function countThings(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}
