/** How a command ends, as a number for scripts. Numbers keep their meaning from version to version. */
export const exitCodes = {
  done: 0,
  failed: 1,
  wrongUse: 2,
  refused: 3,
  unreachable: 4,
  attention: 5,
  /** As shells have it: 128 and the number of the signal. */
  interrupted: 130,
} as const;

export type ExitName = keyof typeof exitCodes;
export type ExitCode = (typeof exitCodes)[ExitName];

/** For help and documents: sentences without their end. */
export const exitMeanings: Readonly<Record<ExitName, string>> = {
  done: 'done',
  failed: 'failed; the sentence on standard error says why',
  wrongUse: 'wrong use, or a wrong environment',
  refused: 'Bitbucket refused the token, or a right that is needed',
  unreachable: 'Bitbucket or the database cannot be reached or used',
  attention: 'something needs attention',
  interrupted: 'stopped with Ctrl-C',
};
