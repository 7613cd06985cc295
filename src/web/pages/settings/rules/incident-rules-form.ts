import { findPrefixProblem, mostPrefixes, type IncidentRules } from '../../../../domain/incidents/incident-rules';
import { buildLines } from '../../../presentation/forms/field-view';
import { checkFields, type Checked } from '../../../presentation/forms/form-action';
import type { PageParameters } from '../../../presentation/filter/page-filter';
import { readOne } from '../../../presentation/filter/page-parameters';
import { incidentWords } from './words';

export const incidentRulesForm = 'incident-rules';

/** What stands in the fields, prefixes one a line: as stored, or as typed. */
export function buildIncidentRulesFields({ revert, branchPrefixes, titlePrefixes }: IncidentRules) {
  return { revert, branchPrefixes: branchPrefixes.join('\n'), titlePrefixes: titlePrefixes.join('\n') };
}

export function readIncidentRulesFields(parameters: PageParameters): ReturnType<typeof buildIncidentRulesFields> {
  return {
    revert: readOne(parameters, 'revert') === 'yes',
    branchPrefixes: readOne(parameters, 'branch_prefixes') ?? '',
    titlePrefixes: readOne(parameters, 'title_prefixes') ?? '',
  };
}

/** Prefixes are compared without regard to case: one that differs in case alone is there already. */
export function checkIncidentRules(parameters: PageParameters): Checked<IncidentRules> {
  const fields = readIncidentRulesFields(parameters);
  const toKey = (prefix: string) => prefix.toLowerCase();
  const branchPrefixes = buildLines(fields.branchPrefixes, toKey);
  const titlePrefixes = buildLines(fields.titlePrefixes, toKey);
  const problems = {
    branch_prefixes: findProblem(branchPrefixes, 'branch'),
    title_prefixes: findProblem(titlePrefixes, 'title'),
  };
  return checkFields(problems, { revert: fields.revert, branchPrefixes, titlePrefixes });
}

function findProblem(prefixes: readonly string[], kind: 'branch' | 'title'): string | null {
  return prefixes.length > mostPrefixes
    ? incidentWords.tooMany(mostPrefixes, prefixes.length)
    : (prefixes.map((prefix) => findPrefixProblem(prefix, kind)).find((problem) => problem !== null) ?? null);
}
