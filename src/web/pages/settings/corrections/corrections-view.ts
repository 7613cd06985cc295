import { correctionKinds, type CorrectionKind } from '../../../../domain/corrections/correction';
import type { CorrectionItem } from '../../../../reporting/corrections/corrections-report';
import { buildField } from '../../../presentation/forms/field-view';
import type { TypedForm } from '../../../presentation/forms/form-action';
import type { PageParameters } from '../../../presentation/filter/page-filter';
import { formatDateTime } from '../../../presentation/format/dates';
import {
  correctionForm,
  kindNames,
  longestReason,
  readCorrectionFields,
  shortestReason,
  type CorrectionFields,
} from './correction-form';

interface CorrectionsMaterial {
  readonly corrections: readonly CorrectionItem[];
  readonly timezone: string;
  readonly typed: TypedForm | null;
  /** Of the address: a link from elsewhere may fill in what is to be corrected. */
  readonly prefilled: PageParameters;
}

const doneWords: Readonly<Record<CorrectionKind, string>> = {
  leave_out_pull_request: 'Pull request left out',
  leave_out_deployment: 'Deployment left out',
  leave_out_incident: 'Incident left out',
  link_incident: 'Incident linked',
};

/** Every correction with who, when and why, and the form to make another. */
export function buildCorrectionsView({ corrections, timezone, typed, prefilled }: CorrectionsMaterial) {
  const fields = readCorrectionFields(typed?.parameters ?? prefilled);
  return {
    list: corrections.map((correction) => buildCorrection(correction, timezone)),
    fields: buildFields(fields, typed?.problems ?? {}),
  };
}

function buildCorrection(item: CorrectionItem, timezone: string) {
  const { id, kind, subjectName, subjectUrl, targetName, reason, undoneAt } = item;
  return {
    id,
    what: doneWords[kind],
    subject: { href: subjectUrl, text: subjectName, isOutside: true },
    target: targetName === null ? null : `now blamed on ${targetName}`,
    reason,
    made: `${formatName(item.madeBy)}, ${formatDateTime(item.madeAt, timezone)}`,
    undone: undoneAt === null ? null : `Undone by ${formatName(item.undoneBy)}, ${formatDateTime(undoneAt, timezone)}`,
    // Why it changes nothing; `null`: it does.
    idle:
      undoneAt === null && !item.hasEffect ? 'It changes nothing: what it speaks of does not count at present.' : null,
  };
}

function formatName(person: CorrectionItem['madeBy']): string {
  return person === null ? 'somebody whom Bitbucket did not name' : (person.displayName ?? person.uuid);
}

function buildFields(typed: CorrectionFields, problems: TypedForm['problems']) {
  const { kind, subject, target, reason } = typed;
  return [
    buildField(correctionForm, problems, {
      name: 'kind',
      label: 'What is to be put right',
      value: kind,
      choices: correctionKinds.map((one) => ({ value: one, text: kindNames[one], isChosen: one === kind })),
    }),
    buildField(correctionForm, problems, {
      name: 'subject',
      label: 'Pull request, deployment or incident',
      value: subject,
      hint: '"Repository #12", its address at Bitbucket, or its deploy_id. An incident goes by the pull request that fixed it.',
    }),
    buildField(correctionForm, problems, {
      name: 'target',
      label: 'The deployment that an incident is linked to',
      value: target,
      hint: 'Only to link an incident; named in the same way.',
    }),
    buildField(correctionForm, problems, {
      name: 'reason',
      label: 'Why',
      value: reason,
      rows: 2,
      hint: `${shortestReason} to ${longestReason} characters, for whoever reads this list later.`,
    }),
  ];
}
