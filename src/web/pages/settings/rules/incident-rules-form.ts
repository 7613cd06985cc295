import { findPrefixProblem, mostPrefixes, type IncidentRules } from '../../../../domain/incidents/incident-rules';
import { buildLines } from '../../../presentation/forms/field-view';
import type { Problems } from '../../../presentation/forms/form-action';
import type { PageParameters } from '../../../presentation/filter/page-filter';
import { readOne } from '../../../presentation/filter/page-parameters';

export const incidentRulesForm = 'incident-rules';

/** What stands in the fields: as stored, or as typed. */
export interface IncidentRulesFields {
  readonly revert: boolean;
  /** One a line. */
  readonly branchPrefixes: string;
  readonly titlePrefixes: string;
}

export function buildIncidentRulesFields({
  revert,
  branchPrefixes,
  titlePrefixes,
}: IncidentRules): IncidentRulesFields {
  return { revert, branchPrefixes: branchPrefixes.join('\n'), titlePrefixes: titlePrefixes.join('\n') };
}

export function readIncidentRulesFields(parameters: PageParameters): IncidentRulesFields {
  return {
    revert: readOne(parameters, 'revert') === 'yes',
    branchPrefixes: readOne(parameters, 'branch_prefixes') ?? '',
    titlePrefixes: readOne(parameters, 'title_prefixes') ?? '',
  };
}

/** Prefixes are compared without regard to case: one that differs in case alone is there already. */
export function checkIncidentRules(
  parameters: PageParameters,
): { readonly value: IncidentRules } | { readonly problems: Problems } {
  const fields = readIncidentRulesFields(parameters);
  const toKey = (prefix: string) => prefix.toLowerCase();
  const branchPrefixes = buildLines(fields.branchPrefixes, toKey);
  const titlePrefixes = buildLines(fields.titlePrefixes, toKey);
  const problems = {
    ...buildProblem('branch_prefixes', findProblem(branchPrefixes, 'branch')),
    ...buildProblem('title_prefixes', findProblem(titlePrefixes, 'title')),
  };
  return Object.keys(problems).length > 0
    ? { problems }
    : { value: { revert: fields.revert, branchPrefixes, titlePrefixes } };
}

function buildProblem(name: string, problem: string | null): Problems {
  return problem === null ? {} : { [name]: problem };
}

function findProblem(prefixes: readonly string[], kind: 'branch' | 'title'): string | null {
  return prefixes.length > mostPrefixes
    ? `${mostPrefixes} prefixes are the most; these are ${prefixes.length}.`
    : (prefixes.map((prefix) => findPrefixProblem(prefix, kind)).find((problem) => problem !== null) ?? null);
}
