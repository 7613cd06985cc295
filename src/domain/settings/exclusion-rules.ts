import { defaultBotPatterns } from '../reviews/find-bots';

/** Who and what is left out of every number by a rule of the workspace. */
export interface ExclusionRules {
  /** Uuids with braces: their pull requests, reviews and comments count nowhere. */
  readonly people: readonly string[];
  /** Patterns of display names, `*` for any text, compared without regard to case: such accounts are bots. */
  readonly bots: readonly string[];
  /** Uuids with braces: nothing of them counts. */
  readonly repositories: readonly string[];
}

export const noExclusions: ExclusionRules = { people: [], bots: defaultBotPatterns, repositories: [] };
