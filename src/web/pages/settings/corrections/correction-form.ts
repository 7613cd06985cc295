import { correctionKinds, type CorrectionKind } from '../../../../domain/corrections/correction';
import { countCharacters } from '../../../presentation/forms/field-view';
import type { Checked, Problems } from '../../../presentation/forms/form-action';
import type { PageParameters } from '../../../presentation/filter/page-filter';
import { readText } from '../../../presentation/filter/page-parameters';
import { findSubject, type FoundPullRequest, type NamedSystem } from './find-subject';
import { correctionWords } from './words';

export const correctionForm = 'correction';
export const shortestReason = 3;
export const longestReason = 500;

/** What each kind is called on the page. */
export const kindNames: Readonly<Record<CorrectionKind, string>> = correctionWords.kinds;

/** A correction whose words can be used; whether its pull requests are there is still to be asked. */
export interface CheckedCorrection {
  readonly kind: CorrectionKind;
  readonly subject: FoundPullRequest;
  readonly target: FoundPullRequest | null;
  readonly reason: string;
}

export function readCorrectionFields(parameters: PageParameters) {
  const read = (name: string) => readText(parameters, name);
  return { kind: read('kind'), subject: read('subject'), target: read('target'), reason: read('reason') };
}

export type CorrectionFields = ReturnType<typeof readCorrectionFields>;

export function checkCorrection(
  { kind: kindText, subject: subjectText, target: targetText, reason }: CorrectionFields,
  systems: readonly NamedSystem[],
): Checked<CheckedCorrection> {
  const kind = correctionKinds.find((one) => one === kindText);
  const isLink = kind === 'link_incident';
  const subject = findSubject(subjectText, systems);
  const target = isLink ? findSubject(targetText, systems) : null;
  const problems = {
    ...(kind === undefined ? { kind: correctionWords.problems.kind } : {}),
    ...buildProblem('subject', subject),
    ...buildProblem('target', target),
    ...findTargetProblem(subject, { target, text: isLink ? '' : targetText }),
    ...findReasonProblem(reason),
  };
  return Object.keys(problems).length > 0 || kind === undefined || 'problem' in subject || isProblem(target)
    ? { problems }
    : { value: { kind, subject, target, reason } };
}

type Found = ReturnType<typeof findSubject>;

function isProblem(found: Found | null): found is { readonly problem: string } {
  return found !== null && 'problem' in found;
}

function buildProblem(name: string, found: Found | null): Problems {
  return isProblem(found) ? { [name]: found.problem } : {};
}

/** Only a link has a target, and it is another pull request. `text`: what stands there though it has no meaning. */
function findTargetProblem(subject: Found, { target, text }: { target: Found | null; text: string }): Problems {
  if (text !== '') {
    return { target: correctionWords.problems.target };
  }
  const isItself =
    target !== null && 'deployId' in target && 'deployId' in subject && target.deployId === subject.deployId;
  return isItself ? { target: correctionWords.problems.itself } : {};
}

function findReasonProblem(reason: string): Problems {
  const length = countCharacters(reason);
  return length < shortestReason || length > longestReason
    ? { reason: correctionWords.problems.reason(shortestReason, longestReason, length) }
    : {};
}
