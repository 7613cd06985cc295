import { CommandFailed } from './outcomes/command-failed';

/** What Bitbucket's tokens begin with, app passwords included. */
const tokenForm = /(^|=)AT(ATT|CTT|BB)[\w=-]{8}/u;

/**
 * A secret among the arguments stands in the list of processes for everybody on the machine, and in the shell's history.
 * @throws {CommandFailed} that does not repeat it
 */
export function refuseSecrets(args: readonly string[]): void {
  const hasOption = args.some((one) => /^--(token|password|secret)(=|$)/u.test(one));
  if (!hasOption && !args.some((one) => tokenForm.test(one))) return;
  throw new CommandFailed(
    'wrongUse',
    'A token on the command line can be read by everybody on this machine, and stays in the history of the shell. Revoke it in Bitbucket if it was a real one.',
    'Leave it out and paste it when you are asked, pipe it in, or name a file that holds it: --token-file FILE.',
  );
}
