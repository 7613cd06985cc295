import { Command } from 'commander';
import { addConnect } from './commands/connect';
import { addDisconnect } from './commands/disconnect';
import { listExamples, listExits, type Act } from './commands/help';
import { addHook } from './commands/hook';
import { addReEncrypt } from './commands/re-encrypt';
import { addRotate } from './commands/rotate';
import { addServe } from './commands/serve';
import { addSignInLink } from './commands/sign-in-link';
import { addStatus } from './commands/status';
import { exitCodes, type ExitName } from './outcomes/exit-codes';

interface ProgramOutput {
  readonly version: string;
  readonly width: number;
  readonly print: (text: string) => void;
  readonly tell: (text: string) => void;
}

/** All commands. Ends by an error of commander's for help, a version, and wrong use. */
export function createProgram(act: Act, { version, width, print, tell }: ProgramOutput): Command {
  const program = new Command('drumbeat')
    .description(
      'Delivery metrics for Bitbucket Cloud: connects workspaces, runs the server, and says how everything is.',
    )
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => print(text.trimEnd()),
      writeErr: (text) => tell(text.trimEnd()),
      outputError: (text, write) => write(hideValues(text)),
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
    })
    .addHelpText('after', `\n${listExamples(examples)}\n\n${listExits(Object.keys(exitCodes) as ExitName[])}`);
  for (const add of commands) add(program, act);
  return program;
}

const commands = [addServe, addConnect, addRotate, addHook, addDisconnect, addSignInLink, addStatus, addReEncrypt];

const examples: readonly (readonly [string, string])[] = [
  ['From nothing to the numbers: the server in one terminal', 'drumbeat serve'],
  [
    'and in another one a workspace, and a way to its pages',
    'drumbeat connect acme\n  drumbeat sign-in-link acme --administrator',
  ],
  ['What a command does', 'drumbeat connect --help'],
];

/** Commander repeats an unknown option as it was given, with a value that may be a secret. */
export function hideValues(text: string): string {
  return text.replaceAll(/(--?[\w-]+)=[^'\n]*/gu, '$1');
}
