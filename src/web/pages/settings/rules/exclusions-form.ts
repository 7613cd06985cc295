import type { ExclusionRules } from '../../../../domain/settings/exclusion-rules';
import { findPatternProblem } from '../../../../domain/reviews/find-bots';
import { buildLines } from '../../../presentation/forms/field-view';
import type { Problems } from '../../../presentation/forms/form-action';
import type { PageParameters } from '../../../presentation/filter/page-filter';
import { readOne } from '../../../presentation/filter/page-parameters';

export const exclusionsForm = 'exclusions';
export const mostPatterns = 50;

/** Whom and what a workspace knows, and so can leave out. Uuids with braces. */
export interface Excludable {
  readonly people: readonly string[];
  readonly repositories: readonly string[];
}

export interface ExclusionFields {
  readonly people: readonly string[];
  /** One a line. */
  readonly bots: string;
  readonly repositories: readonly string[];
}

export function buildExclusionFields({ people, bots, repositories }: ExclusionRules): ExclusionFields {
  return { people, bots: bots.join('\n'), repositories };
}

export function readExclusionFields(parameters: PageParameters): ExclusionFields {
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
  known: Excludable,
): { readonly value: ExclusionRules } | { readonly problems: Problems } {
  const fields = readExclusionFields(parameters);
  const bots = buildLines(fields.bots, (pattern) => pattern.toLowerCase());
  const problems = {
    ...buildProblem('person', findStranger(fields.people, known.people, 'One of these people is not known here.')),
    ...buildProblem('bots', findPatternsProblem(bots)),
    ...buildProblem(
      'repository',
      findStranger(fields.repositories, known.repositories, 'One of these repositories is no longer there.'),
    ),
  };
  return Object.keys(problems).length > 0
    ? { problems }
    : { value: normalizeExclusions({ people: fields.people, bots, repositories: fields.repositories }) };
}

function buildProblem(name: string, problem: string | null): Problems {
  return problem === null ? {} : { [name]: problem };
}

function findStranger(chosen: readonly string[], known: readonly string[], words: string): string | null {
  return chosen.every((uuid) => known.includes(uuid)) ? null : words;
}

function findPatternsProblem(patterns: readonly string[]): string | null {
  return patterns.length > mostPatterns
    ? `${mostPatterns} patterns are the most; these are ${patterns.length}.`
    : (patterns.map(findPatternProblem).find((problem) => problem !== null) ?? null);
}
