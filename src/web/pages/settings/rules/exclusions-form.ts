import type { ExclusionRules } from '../../../../domain/settings/exclusion-rules';
import { findPatternProblem, mostBotPatterns } from '../../../../domain/reviews/find-bots';
import type { Snapshot } from '../../../../reporting/snapshot';
import { buildLines } from '../../../presentation/forms/field-view';
import { checkFields, type Checked } from '../../../presentation/forms/form-action';
import type { PageParameters } from '../../../presentation/filter/page-filter';
import { readOne } from '../../../presentation/filter/page-parameters';
import { exclusionWords } from './words';

export const exclusionsForm = 'exclusions';

/** What stands in the fields, patterns one a line: as stored, or as typed. */
export function buildExclusionFields({ people, bots, repositories }: ExclusionRules) {
  return { people, bots: bots.join('\n'), repositories };
}

export function readExclusionFields(parameters: PageParameters): ReturnType<typeof buildExclusionFields> {
  return {
    people: [...new Set(parameters['person'] ?? [])],
    bots: readOne(parameters, 'bots') ?? '',
    repositories: [...new Set(parameters['repository'] ?? [])],
  };
}

/**
 * The rules as they are compared and stored: lists of people and repositories in the order of their uuids, so that
 * the same boxes ticked are the same rules.
 */
export function normalizeExclusions({ people, bots, repositories }: ExclusionRules): ExclusionRules {
  return { people: people.toSorted(), bots, repositories: repositories.toSorted() };
}

/** Somebody already left out may be unknown by now: what is stored can always be kept. */
export function checkExclusions(
  parameters: PageParameters,
  { settings: { exclusions: stored }, people, systems }: Pick<Snapshot, 'settings' | 'people' | 'systems'>,
): Checked<ExclusionRules> {
  const fields = readExclusionFields(parameters);
  const bots = buildLines(fields.bots, (pattern) => pattern.toLowerCase());
  const isKnown = (chosen: readonly string[], kept: readonly string[], known: readonly { readonly uuid: string }[]) =>
    chosen.every((uuid) => kept.includes(uuid) || known.some((one) => one.uuid === uuid));
  const problems = {
    person: isKnown(fields.people, stored.people, people) ? null : exclusionWords.problems.person,
    bots: findPatternsProblem(bots),
    repository: isKnown(fields.repositories, stored.repositories, systems) ? null : exclusionWords.problems.repository,
  };
  return checkFields(problems, normalizeExclusions({ ...fields, bots }));
}

function findPatternsProblem(patterns: readonly string[]): string | null {
  return patterns.length > mostBotPatterns
    ? exclusionWords.problems.bots(mostBotPatterns, patterns.length)
    : (patterns.map(findPatternProblem).find((problem) => problem !== null) ?? null);
}
