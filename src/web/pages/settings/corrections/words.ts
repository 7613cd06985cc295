import type { CorrectionKind } from '../../../../domain/corrections/correction';

/** Every text of the section "Corrections". */
export const correctionWords = {
  intro:
    'What Bitbucket tells wrongly is put right here. Facts are never changed: every page can show the numbers without corrections, and each correction can be undone.',
  none: 'There are no corrections yet. Name a pull request below and say what is to be put right.',
  make: 'Make a correction',
  makeButton: 'Make the correction',
  prefilledTitle: 'A correction is filled in below',
  prefilled: 'Nothing is changed yet: say why, and make the correction.',
  kinds: {
    leave_out_pull_request: 'Leave out a pull request everywhere',
    leave_out_deployment: 'Leave out a deployment',
    leave_out_incident: 'Leave out an incident',
    link_incident: 'Link an incident to another deployment',
  } satisfies Readonly<Record<CorrectionKind, string>>,
  done: {
    leave_out_pull_request: 'Pull request left out',
    leave_out_deployment: 'Deployment left out',
    leave_out_incident: 'Incident left out',
    link_incident: 'Incident linked',
  } satisfies Readonly<Record<CorrectionKind, string>>,
  fields: {
    kind: 'What is to be put right',
    subject: 'Pull request, deployment or incident',
    target: 'The deployment that an incident is linked to',
    reason: 'Why',
  },
  hints: {
    subject:
      '"Repository #12", its address at Bitbucket, or its deploy_id. An incident goes by the pull request that fixed it.',
    target: 'Only to link an incident; named in the same way.',
    reason: (shortest: number, longest: number) =>
      `${shortest} to ${longest} characters, for whoever reads this list later.`,
  },
  table: {
    caption: 'Corrections',
    what: 'Details',
    why: 'Why',
    made: 'Made by',
    undo: 'Undo',
    pages: 'Pages of the corrections',
  },
  target: (name: string) => `now blamed on ${name}`,
  nobody: 'somebody whom Bitbucket did not name',
  made: (name: string, when: string) => `${name}, ${when}`,
  undone: (name: string, when: string) => `Undone by ${name}, ${when}`,
  idle: 'This correction changes nothing: its pull request, deployment or incident does not count at present.',
  problems: {
    kind: 'Choose what is to be put right.',
    target: 'Only an incident that is linked has another deployment: leave this empty.',
    itself: 'An incident cannot be blamed on its own fix.',
    reason: (shortest: number, longest: number, length: number) =>
      `Say why, in ${shortest} to ${longest} characters; these are ${length}.`,
    incomplete: 'The form was incomplete: make the correction again.',
    missing: (number: number) => `There is no pull request #${number} in this repository.`,
    inForce: 'A correction of this kind is in force already: undo that one first.',
  },
  outcome: {
    refused: 'The correction was not made',
    made: 'The correction is made',
    madeText: 'Every number is now computed with the correction. The list above has a button to undo it.',
    undone: 'The correction is undone',
    undoneText: (subject: string) => `${subject} counts as before.`,
    notUndone: 'No correction was undone',
    notThere: 'This correction is no longer there.',
  },
} as const;
