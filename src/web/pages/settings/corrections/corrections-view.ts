import { correctionKinds } from '../../../../domain/corrections/correction';
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
import { correctionWords as words } from './words';

interface CorrectionsMaterial {
  readonly corrections: readonly CorrectionItem[];
  readonly timezone: string;
  readonly typed: TypedForm | null;
  /** Of the address: a link from elsewhere may fill in what is to be corrected. */
  readonly prefilled: PageParameters;
}

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
    what: words.done[kind],
    subject: { href: subjectUrl, text: subjectName, isOutside: true },
    target: targetName === null ? null : words.target(targetName),
    reason,
    made: words.made(formatName(item.madeBy), formatDateTime(item.madeAt, timezone)),
    undone: undoneAt === null ? null : words.undone(formatName(item.undoneBy), formatDateTime(undoneAt, timezone)),
    // Why it changes nothing; `null`: it does.
    idle: undoneAt === null && !item.hasEffect ? words.idle : null,
  };
}

function formatName(person: CorrectionItem['madeBy']): string {
  return person === null ? words.nobody : (person.displayName ?? person.uuid);
}

function buildFields(typed: CorrectionFields, problems: TypedForm['problems']) {
  const { kind, subject, target, reason } = typed;
  return [
    buildField(correctionForm, problems, {
      name: 'kind',
      label: words.fields.kind,
      value: kind,
      choices: correctionKinds.map((one) => ({ value: one, text: kindNames[one], isChosen: one === kind })),
    }),
    buildField(correctionForm, problems, {
      name: 'subject',
      label: words.fields.subject,
      value: subject,
      hint: words.hints.subject,
    }),
    buildField(correctionForm, problems, {
      name: 'target',
      label: words.fields.target,
      value: target,
      hint: words.hints.target,
    }),
    buildField(correctionForm, problems, {
      name: 'reason',
      label: words.fields.reason,
      value: reason,
      rows: 2,
      hint: words.hints.reason(shortestReason, longestReason),
    }),
  ];
}
